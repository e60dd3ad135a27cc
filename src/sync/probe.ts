import { toAppError } from '../core/errors.ts';
import { hideToken } from '../core/http/hideToken.ts';
import type { Send } from '../core/http/http.ts';
import type { StoredConnection } from '../core/model.ts';
import {
  type Decode,
  isServiceProvider,
  type Provider,
  type ProviderDefinition,
  type ServiceProvider,
} from '../core/provider/provider.ts';
import { foreignError } from './foreignError.ts';
import { attempt } from './read.ts';
import { untilAborted } from './untilAborted.ts';

export interface ProbeDeps {
  readonly send: Send;
  provider(id: string): Provider | undefined;
  /** The decoder of a provider of our own. */
  decoder(providerId: string): Promise<Decode | undefined>;
}

/**
 * Asks for the first page of groups, once and keeping nothing, to see whether a connection works.
 * @throws AppError what failed, as a load would
 */
export async function probe(
  deps: ProbeDeps,
  connection: StoredConnection,
  accessToken: string,
  signal: AbortSignal,
): Promise<void> {
  const provider = deps.provider(connection.provider);
  if (!provider) return;
  try {
    if (isServiceProvider(provider)) await askOwn(deps, provider, connection, accessToken, signal);
    else await askForeign(provider, connection, accessToken, signal);
  } catch (error) {
    throw hideToken(toAppError(error), accessToken);
  }
}

async function askOwn(
  deps: ProbeDeps,
  provider: ServiceProvider,
  connection: StoredConnection,
  accessToken: string,
  signal: AbortSignal,
): Promise<void> {
  const { requests } = provider;
  const request = (requests.probe ?? requests.groups)(connection);
  const reply = await attempt(deps.send, provider, request, accessToken, signal);
  (await deps.decoder(provider.id))?.(reply.bytes, request);
}

async function askForeign(
  provider: ProviderDefinition,
  connection: StoredConnection,
  accessToken: string,
  signal: AbortSignal,
): Promise<void> {
  const context = { connection, signal, getToken: async () => accessToken };
  try {
    for await (const _ of untilAborted(provider.listGroups(context), signal)) break;
  } catch (error) {
    throw foreignError(error);
  }
}
