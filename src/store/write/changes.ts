import type { Sql } from '../sql.ts';

/** Changes kept: a window that missed more of them reads anew. */
const kept = 5000;

/** Tells all windows that a tenant's row or groups, or with a group its members, changed. */
export function recordChange(sql: Sql, tenantId: string, groupId?: string): void {
  const rev = sql.insert('INSERT INTO change (tenant, grp) VALUES (?, ?)', tenantId, groupId);
  if (rev % 256 === 0) sql.run('DELETE FROM change WHERE rev <= ?', rev - kept);
}
