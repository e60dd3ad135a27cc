import type { ItemsOf } from '../core/provider/itemsOf.ts';
import type { DecodedPage } from '../core/provider/provider.ts';
import type { ItemRow } from '../core/provider/rows.ts';
import { sortKey } from '../core/text/text.ts';
import { sortInTurns } from '../core/turns/sortInTurns.ts';
import { createTurns } from '../core/turns/turns.ts';
import { askService } from './askService.ts';
import type { PageRows } from './collectPages.ts';
import type { SyncDeps } from './deps.ts';
import type { Gate } from './gate.ts';

/** A page has very many items: one person reaches no more than these bring, and an hour has 200 requests. */
const mostPages = 50;

/**
 * Asks a tenant's service for the items that somebody reaches. Writes nothing.
 * @param user the person's object id or user principal name
 * @throws AppError what ended it before anything came
 */
export async function askItemsOf(
  deps: SyncDeps & { gateOf(tenantId: string): Gate },
  tenantId: string,
  user: string,
  signal: AbortSignal,
): Promise<ItemsOf> {
  const { rows, ...about } = await askService(
    deps,
    { tenantId, first: (requests, connection) => requests.itemsOf?.(connection, user), rowsOf, mostPages },
    signal,
  );
  const place = ({ type, name, id }: ItemRow) => `${type}\n${sortKey(name)}\n${id}`;
  return { items: await sortInTurns(rows, place, createTurns()), ...about };
}

function rowsOf({ items = [], malformed }: DecodedPage): PageRows<ItemRow> {
  return { rows: items.map((item) => [JSON.stringify([item.type, item.id]), item]), unread: malformed };
}
