import type { PageOptions, RemovedRow } from '../../core/store.ts';
import { type MembershipRow, membershipColumns, toMember } from '../memberContent.ts';
import type { Sql } from '../sql.ts';

type Row = MembershipRow & {
  readonly at: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly principal: number | null;
};

/** What vanished from a tenant's listings, newest first. */
export function readRemoved(sql: Sql, tenantId: string, { limit, offset }: PageOptions): RemovedRow[] {
  return sql
    .all<Row>(
      `SELECT m.at, m.group_id AS groupId, m.group_name AS groupName, m.principal, ${membershipColumns}
       FROM (SELECT * FROM removed WHERE tenant = (SELECT key FROM tenant WHERE id = ?)
             ORDER BY at DESC, key DESC LIMIT ? OFFSET ?) m
       LEFT JOIN principal p ON p.key = m.principal ORDER BY m.at DESC, m.key DESC`,
      tenantId,
      limit,
      offset,
    )
    .map((row) => {
      const { at, groupId, groupName } = row;
      return { at, groupId, groupName, ...(row.principal === null ? {} : { member: toMember(row) }) };
    });
}
