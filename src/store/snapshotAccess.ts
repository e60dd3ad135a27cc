import type { SnapshotMembership, SnapshotPrincipal } from '../core/snapshot.ts';
import { uniqueId } from './ids.ts';
import { createWordReader, remembering } from './remembering.ts';
import { createMemberMapper, type StoredMembership, storedPrincipalColumns } from './snapshotMember.ts';
import type { Sql } from './sql.ts';

const tenantMeant = '(SELECT key FROM tenant WHERE id = ?)';

/** See `Snapshot.principals`. */
export function* readPrincipals(sql: Sql, tenantId: string): Generator<SnapshotPrincipal> {
  // In an order that an index has: by any other, all would be sorted before the first one comes.
  const statement = sql.db.prepare(
    `SELECT p.key, p.object, ${storedPrincipalColumns} FROM principal p WHERE p.tenant = ${tenantMeant}
     ORDER BY p.id, p.hash`,
  );
  statement.setReturnArrays(true);
  const toMember = createMemberMapper(sql);
  for (const row of statement.iterate(tenantId)) {
    // What is selected stands above.
    const [key, object, ...stored] = row as unknown as [number, string | null, ...StoredMembership];
    const { id: ownId, name, email, principalType, isGuest } = toMember(stored);
    yield {
      ...{ key, ownId, name, principalType, isGuest },
      ...(object === null ? {} : { objectId: object }),
      // Whose e-mail is unknown may have an empty one, which tells nobody apart.
      ...(email ? { email } : {}),
    };
  }
}

/** See `Snapshot.memberships`. */
export function* readMemberships(sql: Sql, tenantId: string): Generator<SnapshotMembership> {
  const statement = sql.db.prepare(
    `SELECT g.id, m.principal, m.dup, m.access FROM grp g CROSS JOIN member m ON m.grp = g.key
     WHERE g.tenant = ${tenantMeant} ORDER BY g.sort_key, g.key`,
  );
  statement.setReturnArrays(true);
  // Each text is looked up, and kept, once: memberships are very many more.
  const word = createWordReader(sql);
  const ownId = remembering((key) => sql.get<{ id: string }>('SELECT id FROM principal WHERE key = ?', key)?.id ?? '');
  for (const row of statement.iterate(tenantId)) {
    // What is selected stands above.
    const [groupId, principal, dup, access] = row as unknown as [string, number, number, number | null];
    const accessRight = access === null ? undefined : word(access);
    yield { groupId, memberId: uniqueId(ownId(principal), dup), principal, accessRight };
  }
}
