import type { ErrorKind } from '../errors.ts';

/** One reply of a listing that is asked for by "how many" and "from where". */
export interface CountedPage {
  /** Rows asked for. */
  readonly asked: number;
  /** Rows that came on earlier pages. */
  readonly before: number;
  /** Rows on this page, those that cannot be read included: the service counts them too. */
  readonly rows: number;
  /** The reply's own count, whatever it is. */
  readonly count?: unknown;
  /** The total that an earlier page announced. */
  readonly announced?: number | undefined;
}

/** How the listing goes on. */
export type PageStep =
  | { readonly isLast: false; readonly skip: number; readonly announced?: number }
  | { readonly isLast: true; readonly problem?: { readonly kind: ErrorKind; readonly reason: string } };

/** A short page of at least so many rows may be the service's own cap: nobody caps lower without saying the total. */
const smallestSilentCap = 100;

/** More rows than any tenant has; services say -1 or 2^31-1 when they do not know. */
const largestCount = 10_000_000;

/**
 * Rule 4 for OData services (`$top`, `$skip`, `@odata.count`). Their count may be that of the page, or a total; only a
 * count larger than its page is taken for a total.
 */
export function nextODataPage(page: CountedPage): PageStep {
  const count = readCount(page.count);
  // A count below what came on earlier pages cannot be the total of them all.
  const isTotal = count !== undefined && count > page.rows && count > page.before;
  const total = isTotal ? count : page.announced;
  if (page.rows === 0) return lastPage(page.before, total);
  const received = page.before + page.rows;
  if (total !== undefined && received >= total) return { isLast: true };
  if (total === undefined && page.rows < page.asked && page.rows < smallestSilentCap) return { isLast: true };
  return nextPage(received, total);
}

/** The same for services that send the total with every page (UiPath's `totalCount`): a short page proves nothing. */
export function nextPageOfTotal(page: CountedPage): PageStep {
  const count = readCount(page.count);
  // An empty page beyond the cap of a service may also claim a total of nothing.
  if (page.rows === 0) return lastPage(page.before, Math.max(count ?? 0, page.announced ?? 0));
  const total = count ?? page.announced;
  const received = page.before + page.rows;
  // A total below what came already is no total: only an empty page can tell then.
  return received === total ? { isLast: true } : nextPage(received, total);
}

/** A listing that comes in one reply: whole, unless the reply counts more rows than it has. */
export function onlyPage(rows: number, count: unknown): PageStep {
  return lastPage(rows, readCount(count));
}

function nextPage(skip: number, announced: number | undefined): PageStep {
  return { isLast: false, skip, ...(announced === undefined ? {} : { announced }) };
}

function lastPage(received: number, total: number | undefined): PageStep {
  if (total === undefined || received >= total) return { isLast: true };
  const reason =
    total === 1
      ? 'The service announced 1 row but sent none.'
      : `The service announced ${total} rows but sent ${received}.`;
  return { isLast: true, problem: { kind: 'badResponse', reason } };
}

/** Some OData services write numbers as text. */
function readCount(count: unknown): number | undefined {
  const value = typeof count === 'string' && /^\d{1,9}$/.test(count) ? Number(count) : count;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= largestCount
    ? value
    : undefined;
}

/** Where a listing of linked pages has been: enough to notice that its links go round, however long the round is. */
export interface LinkTrail {
  /** An address that was asked for. */
  readonly mark: string;
  /** Pages asked for since then, and after how many the mark moves on. */
  readonly steps: number;
  readonly limit: number;
}

export type LinkStep =
  | { readonly isLast: false; readonly url: string; readonly trail: LinkTrail }
  | { readonly isLast: true; readonly problem?: { readonly kind: ErrorKind; readonly reason: string } };

/**
 * The same for services that name the next page by its address. The token goes there, so it must be at the address
 * that this page came from.
 * @param link the reply's link, whatever it is
 * @param current the address of this page
 */
export function nextLinkedPage(link: unknown, current: string, trail?: LinkTrail): LinkStep {
  if (link === undefined || link === null) return { isLast: true };
  const url = typeof link === 'string' && URL.canParse(link, current) ? new URL(link, current) : undefined;
  if (!url) return linkProblem('The service named its next page by something that is no address.');
  if (url.origin !== new URL(current).origin || url.username !== '' || url.password !== '') {
    return linkProblem('The service named a next page at another address, which was not followed.');
  }
  const { mark, steps, limit } = trail ?? { mark: current, steps: 0, limit: 1 };
  if (url.href === mark || url.href === current) return linkProblem('The service named a page again that it sent.');
  const isDue = steps + 1 >= limit;
  const next = isDue ? { mark: url.href, steps: 0, limit: limit * 2 } : { mark, steps: steps + 1, limit };
  return { isLast: false, url: url.href, trail: next };
}

function linkProblem(reason: string): LinkStep {
  return { isLast: true, problem: { kind: 'badResponse', reason } };
}
