import type { StatementSync } from 'node:sqlite';
import type { Snapshot, SnapshotGroup } from '../core/snapshot.ts';
import { type ListingStateRow, toCompleteness } from './completeness.ts';
import { openForReading } from './openForReading.ts';
import { readCompleteness } from './queries/listings.ts';
import { readTenants } from './queries/tenants.ts';
import { createMemberMapper, type StoredMembership } from './snapshotMember.ts';
import { createSql } from './sql.ts';
import { toStoreError } from './storeError.ts';

type MembershipRow = StoredMembership & { readonly sort: string };

interface GroupRow extends ListingStateRow {
  readonly id: string;
  readonly original: string | null;
  readonly name: string;
  readonly groupKind: string;
}

// The indexes bring both in order, so the first row costs no more than the others.
const groupsText = `SELECT g.id, g.original, g.name, w.text AS groupKind, l.state, l.kind, l.reason, l.as_of, l.retry_at,
    l.count
  FROM grp g CROSS JOIN word w ON w.key = g.kind LEFT JOIN listing l ON l.tenant = g.tenant AND l.grp = g.key
  WHERE g.tenant = (SELECT key FROM tenant WHERE id = ?1) AND (?2 IS NULL OR g.id = ?2) ORDER BY g.sort_key, g.key`;
const membersText = `SELECT principal, dup, access, sort FROM member
  WHERE grp = (SELECT key FROM grp WHERE tenant = (SELECT key FROM tenant WHERE id = ?1) AND id = ?2)
    AND (sort, principal, dup) > (?3, ?4, ?5) ORDER BY sort, principal, dup LIMIT ?6`;

/** Memberships read in one go: a millisecond. */
const pageSize = 500;

/**
 * Opens a snapshot on a connection of its own; nothing where nothing was written yet.
 * @throws AppError `unavailable`, also where there is no file
 */
export function openSnapshot(path: string): Snapshot | undefined {
  const store = guarded(() => openForReading(path));
  if (!store) return undefined;
  const { db } = store;
  const sql = createSql(db);
  guarded(() => {
    db.exec('BEGIN');
    // The moment is that of the first read.
    readTenants(sql);
  });
  const toMember = createMemberMapper(sql);
  return {
    tenants: () => guarded(() => readTenants(sql)),
    completeness: (listing) => guarded(() => readCompleteness(sql, listing)),
    groups: function* (tenantId, groupId) {
      const statement = guarded(() => db.prepare(groupsText));
      for (const row of rows<GroupRow>(statement, tenantId, groupId ?? null)) yield toGroup(tenantId, row);
    },
    members: function* (tenantId, groupId) {
      // In pages rather than by a cursor, which costs twice as much a row.
      for (let last: MembershipRow = { sort: '', principal: 0, dup: 0, access: null }; ; ) {
        const { sort, principal, dup } = last;
        const page = guarded(() =>
          sql.all<MembershipRow>(membersText, tenantId, groupId, sort, principal, dup, pageSize),
        );
        for (const row of page) yield toMember(row);
        const end = page.at(-1);
        if (!end || page.length < pageSize) return;
        last = end;
      }
    },
    close: () => db.close(),
  };
}

function* rows<Row>(statement: StatementSync, ...values: (string | null)[]): Generator<Row> {
  try {
    // What it selects stands above.
    for (const row of statement.iterate(...values)) yield row as Row;
  } catch (error) {
    throw toStoreError(error);
  }
}

function toGroup(tenantId: string, row: GroupRow): SnapshotGroup {
  const { id, original, name, groupKind: kind } = row;
  return { id, serviceId: original ?? id, tenantId, name, kind, members: toCompleteness(row) };
}

function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw toStoreError(error);
  }
}
