import { isAppError, toAppError } from '../core/errors.ts';
import type { ItemsOf } from '../core/provider/itemsOf.ts';
import type { DecodedPage, PageRequest } from '../core/provider/provider.ts';
import type { ItemRow } from '../core/provider/rows.ts';
import { sortKey } from '../core/text/text.ts';
import { sortInTurns } from '../core/turns/sortInTurns.ts';
import { createTurns } from '../core/turns/turns.ts';
import { askService } from './askService.ts';
import type { SyncDeps } from './deps.ts';
import type { Gate } from './gate.ts';

/** A page has very many items: one person reaches no more than these bring, and an hour has 200 requests. */
const mostPages = 50;

/**
 * Asks a tenant's service for the items that somebody reaches. Writes nothing.
 * @param user the person's object id or user principal name
 * @throws AppError what ended it before anything came
 */
export function askItemsOf(
  deps: SyncDeps & { gateOf(tenantId: string): Gate },
  tenantId: string,
  user: string,
  signal: AbortSignal,
): Promise<ItemsOf> {
  return askService(
    deps,
    { tenantId, first: (requests, connection) => requests.itemsOf?.(connection, user), collect },
    signal,
  );
}

async function collect(first: PageRequest, page: (request: PageRequest) => Promise<DecodedPage>): Promise<ItemsOf> {
  const asOf = new Date().toISOString();
  const items = new Map<string, ItemRow>();
  let problem: string | undefined;
  let request: PageRequest | undefined = first;
  for (let pages = 1; request; pages++) {
    let reply: DecodedPage;
    try {
      reply = await page(request);
    } catch (error) {
      // What came is told, as a listing keeps the pages before a fault.
      if (items.size === 0 || isAppError(error, 'cancelled')) throw error;
      problem = toAppError(error).message;
      break;
    }
    const { items: rows = [], malformed, next, problem: told } = reply;
    const before = items.size;
    for (const item of rows) items.set(JSON.stringify([item.type, item.id]), item);
    problem ??= told?.reason;
    if (malformed > 0) problem ??= 'The service sent rows that could not be read.';
    request = next;
    if (next && rows.length > 0 && items.size === before) {
      problem ??= 'The service sent the same page twice.';
      request = undefined;
    }
    if (next && pages >= mostPages) {
      problem ??= `The service sent ${mostPages} pages, and there were more.`;
      request = undefined;
    }
  }
  const place = ({ type, name, id }: ItemRow) => `${type}\n${sortKey(name)}\n${id}`;
  const sorted = await sortInTurns([...items.values()], place, createTurns());
  return { items: sorted, asOf, ...(problem === undefined ? {} : { problem }) };
}
