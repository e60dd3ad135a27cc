import { AppError, isAppError } from '../core/errors.ts';
import { errorOfReply, type HttpReply, type Send } from '../core/http.ts';
import type { Logger } from '../core/logger.ts';
import type { PageRequest, ServiceProvider } from '../core/provider.ts';
import type { TokenSource } from './deps.ts';

/**
 * Sends one read with the tenant's token. When the service refuses the token, once more with another one, if there is.
 * @throws AppError for every reply that is not a success
 */
export async function read(
  deps: { readonly send: Send; readonly tokens: TokenSource; readonly log: Logger },
  provider: ServiceProvider,
  tenantId: string,
  request: PageRequest,
  signal: AbortSignal,
): Promise<HttpReply> {
  const token = await deps.tokens.get(tenantId);
  try {
    return await attempt(deps.send, provider, request, token, signal);
  } catch (error) {
    if (!isAppError(error, 'notSignedIn')) throw error;
    const renewed = await deps.tokens.get(tenantId, token).catch(() => undefined);
    if (renewed === undefined || renewed === token) throw error;
    deps.log.info('The service refused the token; asking once more with a renewed one.');
    return attempt(deps.send, provider, request, renewed, signal);
  }
}

/** Sends one read with a given token. @throws AppError for every reply that is not a success */
export async function attempt(
  send: Send,
  provider: ServiceProvider,
  request: PageRequest,
  token: string,
  signal: AbortSignal,
): Promise<HttpReply> {
  const reply = await send(
    { url: request.url, headers: { authorization: `Bearer ${token}` }, ...(request.isAdmin ? { isAdmin: true } : {}) },
    signal,
  );
  const error = errorOfReply(reply, provider, new Date());
  if (error) throw error;
  if (reply.status === 204) throw new AppError('badResponse', 'The service answered without a body.', { status: 204 });
  return reply;
}
