import type { Sql } from '../sql.ts';

/** Whether the store knows of pins: it is read before it is migrated. */
export function knowsPins(sql: Sql): boolean {
  return (sql.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0) > 3;
}

/** The keys of the pinned groups of the tenant `?1`, and perhaps of some that are gone. */
export const pinnedKeys = '(SELECT value FROM json_each((SELECT pins FROM tenant WHERE id = ?1)))';

/** See `StoreReader.pinned`. */
export function readPinned(sql: Sql, tenantId: string): readonly string[] {
  if (!knowsPins(sql)) return [];
  return sql
    .all<{ id: string }>(
      `SELECT g.id FROM ${pinnedKeys} j CROSS JOIN grp g ON g.key = j.value ORDER BY g.sort_key, g.key`,
      tenantId,
    )
    .map(({ id }) => id);
}
