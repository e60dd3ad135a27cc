import type { StoreChange } from '../../core/store.ts';
import type { Sql } from '../sql.ts';

/** What one connection noticed of the changes so far. */
export interface ChangeReader {
  /** What changed since the last call. Nearly free when nothing did. */
  take(): readonly StoreChange[];
}

/** @param seesAll the connection's first look reports what is there, rather than what comes */
export function createChangeReader(sql: Sql, seesAll: boolean): ChangeReader {
  const newest = (): number => sql.get<{ rev: number | null }>('SELECT max(rev) AS rev FROM change')?.rev ?? 0;
  const version = (): number => sql.get<{ data_version: number }>('PRAGMA data_version')?.data_version ?? 0;
  const tenantIds = (): string[] => sql.all<{ id: string }>('SELECT id FROM tenant').map(({ id }) => id);

  // The version first: a change between the two is then looked at once too often, never missed.
  let seenVersion = seesAll ? -1 : version();
  let seen = seesAll ? -1 : newest();
  let known = new Set(seesAll ? [] : tenantIds());

  return {
    take: () => {
      const current = version();
      if (current === seenVersion) return [];
      seenVersion = current;
      const oldest = sql.get<{ rev: number | null }>('SELECT min(rev) AS rev FROM change')?.rev ?? 0;
      const missedSome = seen < 0 || oldest > seen + 1;
      const rows = missedSome
        ? []
        : sql.all<{ tenant: string; grp: string | null; isMark: number }>(
            'SELECT tenant, grp, min(is_mark) AS isMark FROM change WHERE rev > ? GROUP BY tenant, grp ORDER BY max(rev)',
            seen,
          );
      const until = newest();
      const wasSeen = seen;
      seen = until;
      const present = tenantIds();
      const changes = missedSome
        ? [...new Set([...known, ...present])].map((tenantId) => ({ tenantId }))
        : rows.map(({ tenant, grp, isMark }) => ({
            tenantId: tenant,
            ...(grp === null ? {} : { groupId: grp }),
            ...(isMark ? { isMark: true as const } : {}),
          }));
      known = new Set(present);
      return missedSome || until > wasSeen ? changes : [];
    },
  };
}
