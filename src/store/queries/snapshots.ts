import type { SavedSnapshot } from '../../core/savedSnapshots.ts';
import type { Sql } from '../sql.ts';

interface Row {
  readonly key: number;
  readonly tenantId: string;
  readonly name: string | null;
  readonly at: string;
  readonly isAutomatic: number;
  readonly asOf: string | null;
  readonly gaps: number;
  readonly groups: number;
  readonly memberships: number;
}

/** See `StoreReader.snapshots`. */
export function readSnapshots(sql: Sql, tenantId: string | undefined): readonly SavedSnapshot[] {
  return sql
    .all<Row>(
      `SELECT s.key, t.id AS tenantId, s.name, s.at, s.is_automatic AS isAutomatic, s.as_of AS asOf, s.gap_count AS gaps,
         s.group_count AS groups, s.member_count AS memberships
       FROM snapshot s JOIN tenant t ON t.key = s.tenant WHERE NOT s.is_passing AND (?1 IS NULL OR t.id = ?1)
       ORDER BY s.key DESC`,
      tenantId,
    )
    .map(({ name, asOf, isAutomatic, ...rest }) => ({
      ...rest,
      isAutomatic: isAutomatic === 1,
      ...(name === null ? {} : { name }),
      ...(asOf === null ? {} : { asOf }),
    }));
}
