import type { Sql } from '../sql.ts';

/** Changes kept: a window that missed more of them reads anew. */
const kept = 5000;

/** Tells all windows that a tenant's row or groups, or with a group its members, changed. */
export function recordChange(sql: Sql, tenantId: string, groupId?: string): void {
  record(sql, tenantId, groupId, false);
}

/** Tells all windows that the user marked something in a tenant: nothing that was loaded changed. */
export function recordMark(sql: Sql, tenantId: string): void {
  record(sql, tenantId, undefined, true);
}

function record(sql: Sql, tenantId: string, groupId: string | undefined, isMark: boolean): void {
  const rev = sql.insert(
    'INSERT INTO change (tenant, grp, is_mark) VALUES (?, ?, ?)',
    tenantId,
    groupId,
    isMark ? 1 : 0,
  );
  if (rev % 256 === 0) sql.run('DELETE FROM change WHERE rev <= ?', rev - kept);
}
