import { AppError, cancelled } from '../core/errors.ts';
import type { StoredConnection } from '../core/model.ts';
import {
  type DecodedPage,
  isServiceProvider,
  type PageRequest,
  type ProviderRequests,
} from '../core/provider/provider.ts';
import { type Collected, collectPages, type PageRows } from './collectPages.ts';
import type { SyncDeps } from './deps.ts';
import type { Gate } from './gate.ts';
import { isConnectedAs } from './isConnectedAs.ts';
import { readPage } from './loadPages.ts';
import { remembering } from './remembering.ts';

export interface Question<Row extends object> {
  readonly tenantId: string;
  /** Nothing where the service cannot be asked. */
  first(requests: ProviderRequests, connection: StoredConnection): PageRequest | undefined;
  rowsOf(page: DecodedPage): PageRows<Row>;
  readonly mostPages: number;
}

/**
 * Asks a tenant's service something and writes nothing: a part of what a listing has would look like what a load brought.
 * @throws AppError what ended it before anything came
 */
export async function askService<Row extends object>(
  syncDeps: SyncDeps & { gateOf(tenantId: string): Gate },
  { tenantId, first, rowsOf, mostPages }: Question<Row>,
  signal: AbortSignal,
): Promise<Collected<Row>> {
  const { tokens, withoutTokens } = remembering(syncDeps.tokens);
  const deps = { ...syncDeps, tokens };
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
    const page = async (one: PageRequest) => {
      try {
        return await readPage(deps, reading, one, (bytes) => deps.writer.decode(provider.id, one, bytes));
      } catch (thrown) {
        // Its words may be told beside what came; what came of a question that was stopped is not.
        throw signal.aborted ? cancelled() : withoutTokens(thrown);
      }
    };
    return await collectPages(request, page, rowsOf, mostPages);
  } catch (thrown) {
    throw signal.aborted ? cancelled() : withoutTokens(thrown);
  }
}
