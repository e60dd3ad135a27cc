import type { MemberListingsSummary } from '../../core/store.ts';
import type { Sql } from '../sql.ts';
import type { CountedListings } from './listings.ts';

/** What the reader has anyway: not loaded a second time. */
interface Loaded {
  countGroups(sql: Sql, tenantId: string): number;
  countListings(sql: Sql, tenantId: string, behind: number, limit: number): CountedListings | undefined;
  toSummary(counted: CountedListings, groups: number): MemberListingsSummary;
}

/** See `StoreReader.memberListingSlices`. @param limit listings counted in one go */
export function* memberListingSlices(
  sql: Sql,
  tenantId: string,
  { countGroups, countListings, toSummary }: Loaded,
  limit = 20_000,
): Generator<MemberListingsSummary> {
  const groups = countGroups(sql, tenantId);
  let sum: CountedListings | undefined;
  for (let behind = 0; ; ) {
    const counted = countListings(sql, tenantId, behind, limit);
    if (!counted) return;
    sum = sum ? added(sum, counted) : counted;
    yield toSummary(sum, groups);
    const last = sql.get<{ grp: number }>(
      `SELECT grp FROM listing WHERE tenant = (SELECT key FROM tenant WHERE id = ?) AND grp > ?
       ORDER BY grp LIMIT 1 OFFSET ?`,
      tenantId,
      behind,
      limit - 1,
    );
    if (!last) return;
    behind = last.grp;
  }
}

function added(one: CountedListings, other: CountedListings): CountedListings {
  return {
    complete: one.complete + other.complete,
    partial: one.partial + other.partial,
    denied: one.denied + other.denied,
    throttled: one.throttled + other.throttled,
    failed: one.failed + other.failed,
    rows: one.rows + other.rows,
    offline: one.offline + other.offline,
    retryAt: earlier(one.retryAt, other.retryAt),
    asOf: earlier(one.asOf, other.asOf),
  };
}

function earlier(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other < one) ? other : one;
}
