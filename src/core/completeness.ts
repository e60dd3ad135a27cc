import type { ErrorData, ErrorKind } from './errors.ts';
import type { ListingState } from './model.ts';

export interface Settled {
  readonly state: ListingState;
  readonly kind?: ErrorKind;
  readonly reason?: string;
  readonly retryAt?: string;
}

/** What a load brought, for `settle`. */
export interface LoadResult {
  /** Rows that this load wrote. */
  readonly rows: number;
  /** Rows that could not be read and were skipped. */
  readonly malformed: number;
  /** Members that stay known by id alone. */
  readonly unresolved: number;
  /** What a decoder or the paging guard found wrong with a listing that otherwise ended. */
  readonly problem?: { readonly kind: ErrorKind; readonly reason: string };
  /** What ended the load early. */
  readonly error?: ErrorData;
}

/** The state that a load leaves its listing in: the rules of the contract, in one place. */
export function settle(load: LoadResult): Settled {
  if (load.error) {
    const { kind, message, retryAt } = load.error;
    return { state: load.rows > 0 ? 'partial' : stateOf(kind), kind, reason: message, ...(retryAt ? { retryAt } : {}) };
  }
  if (load.problem) return { state: 'partial', ...load.problem };
  if (load.malformed > 0) {
    return {
      state: 'partial',
      kind: 'badResponse',
      reason: `${load.malformed} of the rows that the service sent could not be read.`,
    };
  }
  if (load.unresolved > 0) {
    return {
      state: 'partial',
      kind: 'notFound',
      reason: `The service names no one for ${load.unresolved} of the members' ids.`,
    };
  }
  return { state: 'complete' };
}

/** The state of a listing whose load failed before its first row. */
function stateOf(kind: ErrorKind): ListingState {
  if (kind === 'forbidden') return 'denied';
  if (kind === 'throttled') return 'throttled';
  return kind === 'cancelled' ? 'notLoaded' : 'failed';
}
