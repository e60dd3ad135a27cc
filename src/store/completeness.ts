import type { ErrorKind } from '../core/errors.ts';
import type { Completeness, ListingState } from '../core/model.ts';

/** What a row of `listing` says about completeness. */
export interface ListingStateRow {
  readonly state: string | null;
  readonly kind: string | null;
  readonly reason: string | null;
  readonly as_of: string | null;
  readonly retry_at: string | null;
  readonly count: number | null;
}

/** The columns of a `ListingStateRow`, of `listing l`. */
export const listingColumns = 'l.state, l.kind, l.reason, l.as_of, l.retry_at, l.count';

/** A kept listing's completeness; no key is there without a value. */
export function toCompleteness(row: ListingStateRow | undefined): Completeness {
  if (!row || row.state === null || row.state === 'notLoaded') return { state: 'notLoaded' };
  return {
    state: row.state as ListingState,
    ...(row.kind === null ? {} : { kind: row.kind as ErrorKind }),
    count: row.count ?? 0,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.as_of === null ? {} : { asOf: row.as_of }),
    ...(row.retry_at === null ? {} : { retryAt: row.retry_at }),
  };
}
