import type { Snapshot, SnapshotGrant, SnapshotGroup } from '../core/snapshot.ts';
import { type ListingStateRow, listingColumns, toCompleteness } from './completeness.ts';
import { openForReading } from './openForReading.ts';
import { readCompleteness } from './queries/listings.ts';
import { readTenants } from './queries/tenants.ts';
import { readMemberships, readPrincipals } from './snapshotAccess.ts';
import { createMemberMapper, type StoredMembership, storedMembershipColumns } from './snapshotMember.ts';
import { createSql, type Sql } from './sql.ts';
import { toStoreError } from './storeError.ts';

interface GroupRow extends ListingStateRow {
  readonly id: string;
  readonly original: string | null;
  readonly name: string;
  readonly groupKind: string;
}

const groupsMeant = 'g.tenant = (SELECT key FROM tenant WHERE id = ?1) AND (?2 IS NULL OR g.id = ?2)';

// The indexes bring both in order, so the first row costs no more than the others.
const groupsText = `SELECT g.id, g.original, g.name, w.text AS groupKind, ${listingColumns}
  FROM grp g CROSS JOIN word w ON w.key = g.kind LEFT JOIN listing l ON l.tenant = g.tenant AND l.grp = g.key
  WHERE ${groupsMeant} ORDER BY g.sort_key, g.key`;
const grantsText = `SELECT ${storedMembershipColumns}
  FROM grp g LEFT JOIN member m ON m.grp = g.key LEFT JOIN principal p ON p.key = m.principal
  WHERE ${groupsMeant} ORDER BY g.sort_key, g.key, m.sort, m.principal, m.dup`;

/**
 * Opens a snapshot on a connection of its own; nothing where nothing was written yet, or by an older version only.
 * @throws AppError `unavailable`, also where there is no file
 */
export function openSnapshot(path: string): Snapshot | undefined {
  const sql = openMoment(path);
  return sql && snapshotOf(sql);
}

/** A connection that sees one moment only. @throws AppError as `openSnapshot` */
export function openMoment(path: string): Sql | undefined {
  const store = guarded(() => openForReading(path));
  if (!store) return undefined;
  if (store.isOlder) {
    store.db.close();
    return undefined;
  }
  const sql = createSql(store.db);
  guarded(() => {
    sql.db.exec('BEGIN');
    // The moment is that of the first read.
    readTenants(sql);
  });
  return sql;
}

export function snapshotOf(sql: Sql): Snapshot {
  return {
    tenants: () => guarded(() => readTenants(sql)),
    completeness: (listing) => guarded(() => readCompleteness(sql, listing)),
    groups: (tenantId, groupId) => readGroups(sql, tenantId, groupId ?? null),
    grants: (tenantId, groupId) => readGrants(sql, tenantId, groupId ?? null),
    principals: (tenantId) => guardedRows(() => readPrincipals(sql, tenantId)),
    memberships: (tenantId) => guardedRows(() => readMemberships(sql, tenantId)),
    close: () => sql.db.close(),
  };
}

function* readGroups(sql: Sql, tenantId: string, groupId: string | null): Generator<SnapshotGroup> {
  try {
    for (const row of sql.db.prepare(groupsText).iterate(tenantId, groupId)) {
      // What is selected stands above.
      yield toGroup(tenantId, row as unknown as GroupRow);
    }
  } catch (error) {
    throw toStoreError(error);
  }
}

function* readGrants(sql: Sql, tenantId: string, groupId: string | null): Generator<SnapshotGrant> {
  const toMember = createMemberMapper(sql);
  const groups = readGroups(sql, tenantId, groupId);
  let group: SnapshotGroup | undefined;
  try {
    const statement = sql.db.prepare(grantsText);
    // A third faster than objects.
    statement.setReturnArrays(true);
    for (const row of statement.iterate(tenantId, groupId)) {
      // What is selected stands above.
      const membership = row as unknown as StoredMembership;
      while (group?.id !== membership[0]) {
        const next = groups.next();
        if (next.done) throw new Error('The groups are not in one order.');
        group = next.value;
      }
      yield { group, member: membership[1] === null ? undefined : toMember(membership) };
    }
  } catch (error) {
    throw toStoreError(error);
  }
}

function toGroup(tenantId: string, row: GroupRow): SnapshotGroup {
  const { id, original, name, groupKind: kind } = row;
  return { id, serviceId: original ?? id, tenantId, name, kind, members: toCompleteness(row) };
}

function* guardedRows<T>(read: () => Iterable<T>): Generator<T> {
  try {
    yield* read();
  } catch (error) {
    throw toStoreError(error);
  }
}

/** @throws AppError `unavailable` */
export function guarded<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw toStoreError(error);
  }
}
