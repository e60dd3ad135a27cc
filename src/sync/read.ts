import { withRenewal } from '../core/auth/renewal.ts';
import { AppError } from '../core/errors.ts';
import { errorOfReply, type HttpReply, type Send } from '../core/http/http.ts';
import type { Logger } from '../core/logger.ts';
import type { PageRequest, ServiceProvider } from '../core/provider/provider.ts';
import type { TokenSource } from './deps.ts';

/**
 * Sends one read with the tenant's token. When the service refuses the token, once more with another one, if there is.
 * @param isCurrent whether the tenant is still connected as the request was made for: else its token may be meant for
 * another address
 * @throws AppError for every reply that is not a success; `cancelled` when the tenant was changed meanwhile
 */
export async function read(
  deps: { readonly send: Send; readonly tokens: TokenSource; readonly log: Logger },
  provider: ServiceProvider,
  tenantId: string,
  request: PageRequest,
  signal: AbortSignal,
  isCurrent: () => boolean,
): Promise<HttpReply> {
  return withRenewal(
    async (rejected) => {
      const token = await deps.tokens.get(tenantId, rejected);
      checkCurrent(isCurrent);
      if (rejected && token !== rejected.token) {
        deps.log.info('The service refused the token; asking once more with a renewed one.');
      }
      return token;
    },
    (token) => attempt(deps.send, provider, request, token, signal),
  );
}

/** After the token was read, because a change writes the connection first. */
export function checkCurrent(isCurrent: () => boolean): void {
  if (!isCurrent()) throw new AppError('cancelled', 'The tenant was changed while it was being read.');
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
    {
      url: request.url,
      headers: { ...request.headers, authorization: `Bearer ${token}`, ...(request.body ? jsonBody : {}) },
      ...(request.body ? { method: 'POST', body: request.body } : {}),
      ...(request.isAdmin ? { isAdmin: true } : {}),
    },
    signal,
  );
  const error = errorOfReply(reply, provider, new Date());
  if (error) throw advised(error, provider.deniedAdvice?.(request));
  if (reply.status === 204) throw new AppError('badResponse', 'The service answered without a body.', { status: 204 });
  return reply;
}

const jsonBody = { 'content-type': 'application/json' };

function advised(error: AppError, advice: string | undefined): AppError {
  if (error.kind !== 'forbidden' || advice === undefined) return error;
  const { status } = error;
  return new AppError('forbidden', `${error.message} ${advice}`, status === undefined ? {} : { status });
}
