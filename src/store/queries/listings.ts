import type { ListingKey } from '../../core/listing.ts';
import type { Completeness } from '../../core/model.ts';
import { noGroupId } from '../../core/noGroup.ts';
import type { MemberListingsSummary } from '../../core/store.ts';
import { type ListingStateRow, listingColumns, toCompleteness } from '../completeness.ts';
import { directoryListing, groupsListing, noGroupOfTenant } from '../listingKeys.ts';
import type { Sql } from '../sql.ts';

export function readCompleteness(sql: Sql, listing: ListingKey): Completeness {
  if (listing.list === 'members' && listing.groupId !== noGroupId) {
    return toCompleteness(
      sql.get<ListingStateRow>(
        `SELECT ${listingColumns} FROM tenant t JOIN grp g ON g.tenant = t.key AND g.id = ?
         JOIN listing l ON l.tenant = t.key AND l.grp = g.key WHERE t.id = ?`,
        listing.groupId,
        listing.tenantId,
      ),
    );
  }
  const grp = { groups: `${groupsListing}`, directory: `${directoryListing}`, members: noGroupOfTenant }[listing.list];
  return toCompleteness(
    sql.get<ListingStateRow>(
      `SELECT ${listingColumns} FROM tenant t JOIN listing l ON l.tenant = t.key AND l.grp = ${grp} WHERE t.id = ?`,
      listing.tenantId,
    ),
  );
}

type Loaded = Omit<MemberListingsSummary, 'notLoaded' | 'offline' | 'retryAt' | 'asOf'>;

/** Members' listings that were loaded, or tried. */
export interface CountedListings extends Loaded {
  readonly offline: number;
  readonly retryAt: string | null;
  readonly asOf: string | null;
}

const inState = (state: string) => `count(*) FILTER (WHERE state = '${state}') AS ${state}`;

/** Those behind a group's key, at most so many; -1 for all. Without GROUP BY, which would sort them. */
export function countListings(sql: Sql, tenantId: string, behind: number, limit: number): CountedListings | undefined {
  return sql.get(
    `SELECT ${['complete', 'partial', 'denied', 'throttled', 'failed'].map(inState).join(', ')}, total(count) AS rows,
       count(*) FILTER (WHERE kind = 'offline') AS offline,
       min(retry_at) FILTER (WHERE kind = 'throttled') AS retryAt, min(as_of) AS asOf
     FROM (SELECT * FROM listing WHERE tenant = (SELECT key FROM tenant WHERE id = ?) AND grp > ? ORDER BY grp LIMIT ?)`,
    tenantId,
    behind,
    limit,
  );
}

/** The members' listings of a tenant, by state. @param groups how many it has */
export function readMemberListings(sql: Sql, tenantId: string, groups: number): MemberListingsSummary {
  const counted = countListings(sql, tenantId, 0, -1);
  return counted ? toSummary(counted, groups) : noListings;
}

export const noListings = { notLoaded: 0, complete: 0, partial: 0, denied: 0, throttled: 0, failed: 0, rows: 0 };

export function toSummary(counted: CountedListings, groups: number): MemberListingsSummary {
  const { offline, retryAt, asOf, ...loaded } = counted;
  const { complete, partial, denied, throttled, failed } = loaded;
  return {
    // A group may go while they are counted.
    notLoaded: Math.max(0, groups - complete - partial - denied - throttled - failed),
    ...loaded,
    ...(offline > 0 ? { offline } : {}),
    // Some of them brought rows before, and are partial.
    ...(retryAt ? { retryAt } : {}),
    ...(asOf ? { asOf } : {}),
  };
}
