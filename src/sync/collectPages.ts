import { isAppError, toAppError } from '../core/errors.ts';
import type { DecodedPage, PageRequest } from '../core/provider/provider.ts';

/** A page's rows by what tells them apart; a row may be left out for what it says. */
export interface PageRows<Row> {
  readonly rows: readonly (readonly [key: string, row: Row | 'leftOut'])[];
  /** Rows that could not be read. */
  readonly unread: number;
}

/** What the pages came to, each row once. */
export interface Collected<Row> {
  readonly rows: readonly Row[];
  /** When it was asked, ISO 8601 in UTC. */
  readonly asOf: string;
  /** Why there may be more. */
  readonly problem?: string;
}

/**
 * Reads the pages of an answer until it ends, repeats itself, or has too many.
 * @throws AppError what ended it before anything came
 */
export async function collectPages<Row extends object>(
  first: PageRequest,
  page: (request: PageRequest) => Promise<DecodedPage>,
  rowsOf: (page: DecodedPage) => PageRows<Row>,
  mostPages: number,
): Promise<Collected<Row>> {
  const asOf = new Date().toISOString();
  const seen = new Set<string>();
  const found = new Map<string, Row>();
  let problem: string | undefined;
  let request: PageRequest | undefined = first;
  for (let pages = 1; request; pages++) {
    let reply: DecodedPage;
    try {
      reply = await page(request);
    } catch (error) {
      // What came is told, as a listing keeps the pages before a fault.
      if (found.size === 0 || isAppError(error, 'cancelled')) throw error;
      problem = toAppError(error).message;
      break;
    }
    const { rows, unread } = rowsOf(reply);
    const before = seen.size;
    for (const [key, row] of rows) {
      seen.add(key);
      if (row !== 'leftOut') found.set(key, row);
    }
    problem ??= reply.problem?.reason;
    if (unread > 0) problem ??= 'The service sent rows that could not be read.';
    request = reply.next;
    if (request && rows.length > 0 && seen.size === before) {
      problem ??= 'The service sent the same page twice.';
      request = undefined;
    }
    if (request && pages >= mostPages) {
      problem ??= `The service sent ${mostPages} pages, and there were more.`;
      request = undefined;
    }
  }
  return { rows: [...found.values()], asOf, ...(problem === undefined ? {} : { problem }) };
}
