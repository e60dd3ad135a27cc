import type { ListingKey } from '../../core/listing.ts';
import type { Completeness } from '../../core/model.ts';
import { noGroupId } from '../../core/noGroup.ts';
import type { MemberListingsSummary } from '../../core/store.ts';
import { type ListingStateRow, toCompleteness } from '../completeness.ts';
import { directoryListing, groupsListing, noGroupOfTenant } from '../listingKeys.ts';
import type { Sql } from '../sql.ts';

const columns = 'l.state, l.kind, l.reason, l.as_of, l.retry_at, l.count';

export function readCompleteness(sql: Sql, listing: ListingKey): Completeness {
  if (listing.list === 'members' && listing.groupId !== noGroupId) {
    return toCompleteness(
      sql.get<ListingStateRow>(
        `SELECT ${columns} FROM tenant t JOIN grp g ON g.tenant = t.key AND g.id = ?
         JOIN listing l ON l.tenant = t.key AND l.grp = g.key WHERE t.id = ?`,
        listing.groupId,
        listing.tenantId,
      ),
    );
  }
  const grp = { groups: `${groupsListing}`, directory: `${directoryListing}`, members: noGroupOfTenant }[listing.list];
  return toCompleteness(
    sql.get<ListingStateRow>(
      `SELECT ${columns} FROM tenant t JOIN listing l ON l.tenant = t.key AND l.grp = ${grp} WHERE t.id = ?`,
      listing.tenantId,
    ),
  );
}

interface StateRow {
  readonly state: string;
  readonly listings: number;
  readonly rows: number;
  readonly offline: number;
  readonly retryAt: string | null;
  readonly asOf: string | null;
}

/** The members' listings of a tenant, by state. */
export function readMemberListings(sql: Sql, tenantId: string): MemberListingsSummary {
  const groups = sql.get<{ count: number }>(
    'SELECT count(*) AS count FROM grp WHERE tenant = (SELECT key FROM tenant WHERE id = ?)',
    tenantId,
  );
  const states = sql.all<StateRow>(
    `SELECT state, count(*) AS listings, sum(count) AS rows, total(kind = 'offline') AS offline,
       min(CASE WHEN kind = 'throttled' THEN retry_at END) AS retryAt, min(as_of) AS asOf
     FROM listing WHERE tenant = (SELECT key FROM tenant WHERE id = ?) AND grp > 0 GROUP BY state`,
    tenantId,
  );
  const of = (state: string): number => states.find((row) => row.state === state)?.listings ?? 0;
  const loaded = {
    complete: of('complete'),
    partial: of('partial'),
    denied: of('denied'),
    throttled: of('throttled'),
    failed: of('failed'),
  };
  const offline = states.reduce((sum, { offline: count }) => sum + count, 0);
  // Some of them brought rows before, and are partial.
  const retryAt = states.flatMap(({ retryAt: at }) => at ?? []).sort()[0];
  const asOf = states.flatMap(({ asOf: at }) => at ?? []).sort()[0];
  return {
    notLoaded: Object.values(loaded).reduce((left, count) => left - count, groups?.count ?? 0),
    ...loaded,
    rows: states.reduce((sum, { rows }) => sum + rows, 0),
    ...(offline > 0 ? { offline } : {}),
    ...(retryAt ? { retryAt } : {}),
    ...(asOf ? { asOf } : {}),
  };
}
