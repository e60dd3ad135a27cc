import type { Sql } from '../sql.ts';

/** The keys of the pinned groups of the tenant `?1`, and perhaps of some that are gone. */
export const pinnedKeys = '(SELECT value FROM json_each((SELECT pins FROM tenant WHERE id = ?1)))';

/** See `StoreReader.pinned`. */
export function readPinned(sql: Sql, tenantId: string): readonly string[] {
  return sql
    .all<{ id: string }>(
      `SELECT g.id FROM ${pinnedKeys} j CROSS JOIN grp g ON g.key = j.value ORDER BY g.sort_key, g.key`,
      tenantId,
    )
    .map(({ id }) => id);
}
