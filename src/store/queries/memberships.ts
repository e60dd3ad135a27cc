import type { Group, Member } from '../../core/model.ts';
import type { PageOptions } from '../../core/store.ts';
import { foldText } from '../../core/text.ts';
import { type MembershipRow, membershipColumns, toMember } from '../memberContent.ts';
import type { Sql } from '../sql.ts';
import { type GroupContentRow, groupContent, toGroup } from './groups.ts';

/** Direct memberships of the principals that a search means, over all tenants; principal by principal. */
export function findMemberships(
  sql: Sql,
  query: string,
  { limit, offset }: PageOptions,
): { group: Group; member: Member }[] {
  const text = query.trim();
  if (text === '') return [];
  return sql
    .all<MembershipRow & GroupContentRow>(
      // The order of the joins is the order of the result, so nothing is sorted and a page costs a page.
      `SELECT ${membershipColumns}, ${groupContent}
       FROM principal p CROSS JOIN member m ON m.principal = p.key CROSS JOIN grp g ON g.key = m.grp
       CROSS JOIN tenant t ON t.key = g.tenant
       WHERE (instr(p.folded, ?1) OR p.id = ?2 COLLATE NOCASE OR p.identifier = ?2 COLLATE NOCASE)
         AND NOT EXISTS (SELECT 1 FROM word w WHERE w.key = m.access AND w.text = 'None')
       ORDER BY p.key, m.grp, m.sort, m.dup LIMIT ?3 OFFSET ?4`,
      foldText(text),
      text,
      limit,
      offset,
    )
    .map((row) => ({ group: toGroup(row), member: toMember(row) }));
}
