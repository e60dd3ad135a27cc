import type { Sql } from '../sql.ts';
import { sweepPast } from './principals.ts';

/** Deletes snapshots, inside of `erase`; what they share with others stays. Those that are gone are passed over. */
export function deleteSnapshots(sql: Sql, keys: readonly number[]): void {
  const meant = sql.all<{ key: number; tenant: number; isPassing: number }>(
    'SELECT key, tenant, is_passing AS isPassing FROM snapshot WHERE key IN (SELECT value FROM json_each(?))',
    JSON.stringify(keys),
  );
  for (const tenant of new Set(meant.map((one) => one.tenant))) {
    const own = meant.filter((one) => one.tenant === tenant);
    const keysOfTenant = own.map(({ key }) => key);
    const mayLeaveOrphans = !own.every(({ isPassing }) => isPassing) || addsAnybody(sql, tenant, keysOfTenant);
    removeSnapshots(sql, tenant, keysOfTenant);
    if (mayLeaveOrphans) sweepPast(sql, tenant);
  }
}

/** The same of those that were taken before a time. */
export function deleteSnapshotsBefore(sql: Sql, isoTime: string): void {
  const old = sql.all<{ key: number }>('SELECT key FROM snapshot WHERE at < ?', isoTime);
  if (old.length > 0)
    deleteSnapshots(
      sql,
      old.map(({ key }) => key),
    );
}

/** Snapshots of one tenant. Principals that only they showed stay. */
export function removeSnapshots(sql: Sql, tenant: number, keys: readonly number[]): void {
  for (const key of keys) removeOne(sql, tenant, key);
  sql.run(
    'DELETE FROM past_group WHERE tenant = ? AND NOT EXISTS (SELECT 1 FROM past_look WHERE past_look.grp = past_group.key)',
    tenant,
  );
}

/**
 * Whether anybody's membership came with these snapshots: with those of a comparison mostly nobody's, and then there is
 * no need to read all that is kept.
 */
function addsAnybody(sql: Sql, tenant: number, keys: readonly number[]): boolean {
  const json = JSON.stringify(keys);
  const older = 'SELECT 1 FROM snapshot WHERE tenant = ? AND key < (SELECT min(value) FROM json_each(?))';
  // What came with the first one does not name it, see `removeOne`.
  if (sql.get(older, tenant, json) === undefined) return true;
  const added = 'SELECT 1 FROM past_member WHERE since IN (SELECT value FROM json_each(?)) LIMIT 1';
  return sql.get(added, json) !== undefined;
}

const tables = ['past_look', 'past_member', 'past_gap'];

/** Keys are of one tenant each, so the rows that name this one are its; 0 is every tenant's. */
function removeOne(sql: Sql, tenant: number, key: number): void {
  const neighbour = (way: string): number | undefined =>
    sql.get<{ key: number }>(`SELECT key FROM snapshot WHERE tenant = ? AND key ${way} LIMIT 1`, tenant, key)?.key;
  const before = neighbour('< ?2 ORDER BY key DESC');
  const after = neighbour('> ?2 ORDER BY key');
  if (before === undefined && after === undefined) {
    for (const table of ['past_group', 'past_gap']) sql.run(`DELETE FROM ${table} WHERE tenant = ?`, tenant);
  }
  for (const table of tables) {
    if (before === undefined) {
      sql.run(`DELETE FROM ${table} WHERE until = ?`, key);
      // What came with the next one is so since the first.
      if (after !== undefined) sql.run(`UPDATE ${table} SET since = 0 WHERE since = ? AND since > 0`, after);
      continue;
    }
    const isNewest = after === undefined;
    sql.run(
      `DELETE FROM ${table} WHERE since = ?1 AND since > 0 AND (until = ?1 ${isNewest ? 'OR until IS NULL' : ''})`,
      key,
    );
    if (!isNewest) sql.run(`UPDATE ${table} SET since = ? WHERE since = ? AND since > 0`, after, key);
    sql.run(`UPDATE ${table} SET until = ? WHERE until = ?`, before, key);
    // What was so until the snapshot before is so in the newest one now.
    if (isNewest) sql.run(`UPDATE ${table} SET until = NULL WHERE until = ?`, before);
  }
  sql.run('DELETE FROM snapshot WHERE key = ?', key);
}
