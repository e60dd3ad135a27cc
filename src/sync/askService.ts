import { AppError, cancelled, toAppError } from '../core/errors.ts';
import { hideToken } from '../core/http/hideToken.ts';
import type { StoredConnection } from '../core/model.ts';
import {
  type DecodedPage,
  isServiceProvider,
  type PageRequest,
  type ProviderRequests,
} from '../core/provider/provider.ts';
import type { SyncDeps } from './deps.ts';
import type { Gate } from './gate.ts';
import { isConnectedAs } from './isConnectedAs.ts';
import { readPage } from './loadPages.ts';
import { remembering } from './remembering.ts';

export interface Question<T> {
  readonly tenantId: string;
  /** Nothing where the service cannot be asked. */
  first(requests: ProviderRequests, connection: StoredConnection): PageRequest | undefined;
  collect(first: PageRequest, page: (request: PageRequest) => Promise<DecodedPage>): Promise<T>;
}

/**
 * Asks a tenant's service something and writes nothing: a part of what a listing has would look like what a load brought.
 * @throws AppError what ended it
 */
export async function askService<T>(
  syncDeps: SyncDeps & { gateOf(tenantId: string): Gate },
  { tenantId, first, collect }: Question<T>,
  signal: AbortSignal,
): Promise<T> {
  const used = new Set<string>();
  const deps = { ...syncDeps, tokens: remembering(syncDeps.tokens, used) };
  const tenant = deps.reader.tenant(tenantId);
  const provider = tenant && deps.provider(tenant.provider);
  if (!tenant || !provider || !isServiceProvider(provider)) {
    throw new AppError('notFound', 'There is no such tenant.');
  }
  try {
    const connection = await deps.connectionOf(tenant);
    const request = first(provider.requests, connection);
    if (!request) throw new AppError('invalid', 'This tenant cannot be asked for that.');
    const reading = {
      provider,
      tenantId,
      connection,
      gate: deps.gateOf(tenantId),
      signal,
      isUrgent: () => true,
      isCurrent: () => isConnectedAs(deps.reader, tenant),
    };
    return await collect(request, (one) =>
      readPage(deps, reading, one, (bytes) => deps.writer.decode(provider.id, one, bytes)),
    );
  } catch (thrown) {
    if (signal.aborted) throw cancelled();
    let error = toAppError(thrown);
    for (const token of used) error = hideToken(error, token);
    throw error;
  }
}
