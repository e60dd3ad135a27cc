import type { Member } from '../../core/model.ts';
import { noGroupId } from '../../core/noGroup.ts';
import type { MemberKey, PageOptions } from '../../core/store.ts';
import { possibleOriginals } from '../ids.ts';
import { noGroupOfTenant } from '../listingKeys.ts';
import { type MembershipRow, membershipColumns, toMember } from '../memberContent.ts';
import type { Sql } from '../sql.ts';
import type { PagedQuery, Pages, Place } from './pages.ts';

/** Of `member m`. */
export const ofGroup = `m.grp = iif(?2 = '${noGroupId}', (SELECT ${noGroupOfTenant} FROM tenant t WHERE t.id = ?1),
  (SELECT key FROM grp WHERE tenant = (SELECT key FROM tenant WHERE id = ?1) AND id = ?2))`;

/** A membership with what its order is made of. */
type Row = MembershipRow & {
  readonly sort: string;
  readonly sortKey: string;
  readonly gen: number;
  readonly pos: number;
  readonly principal: number;
};

/** A page in the natural order of names: the index brings them nearly sorted, so that a page costs a page. */
export function readMembers(pages: Pages, tenantId: string, groupId: string, page: PageOptions): Member[] {
  return readPage(pages, tenantId, groupId, page, {
    name: 'members',
    join: 'CROSS JOIN principal p ON p.key = m.principal',
    order: 'm.sort, p.sort_key, m.principal, m.dup',
    behind: 'm.sort >= ?5 AND (m.sort, p.sort_key, m.principal, m.dup) > (?5, ?6, ?7, ?8)',
    placeOf: ({ sort, sortKey, principal, dup }) => [sort, sortKey, principal, dup],
  });
}

/** A page in the order of the service, the newest load first. */
export function readMembersAsSent(pages: Pages, tenantId: string, groupId: string, page: PageOptions): Member[] {
  return readPage(pages, tenantId, groupId, page, {
    name: 'membersAsSent',
    join: '',
    order: 'm.gen DESC, m.pos, m.principal, m.dup',
    behind: '(m.gen < ?5 OR m.gen = ?5 AND (m.pos, m.principal, m.dup) > (?6, ?7, ?8))',
    placeOf: ({ gen, pos, principal, dup }) => [gen, pos, principal, dup],
  });
}

interface Order {
  readonly name: string;
  /** What the order needs beside the membership. */
  readonly join: string;
  readonly order: string;
  readonly behind: string;
  placeOf(row: Row): Place;
}

function readPage(
  pages: Pages,
  tenantId: string,
  groupId: string,
  page: PageOptions,
  { name, join, order, behind, placeOf }: Order,
): Member[] {
  const query: PagedQuery<Row> = {
    id: JSON.stringify([name, tenantId, groupId]),
    read: ({ limit, offset }, place) =>
      pages.sql.all(
        `SELECT m.sort, p.sort_key AS sortKey, m.gen, m.pos, m.principal, ${membershipColumns}
         FROM (SELECT m.* FROM member m ${join} WHERE ${ofGroup} ${place ? `AND ${behind}` : ''}
               ORDER BY ${order} LIMIT ?3 OFFSET ?4) m
         CROSS JOIN principal p ON p.key = m.principal ORDER BY ${order}`,
        tenantId,
        groupId,
        limit,
        offset,
        ...(place ?? []),
      ),
    placeOf,
  };
  return pages.read(query, page).map(toMember);
}

/** See `StoreReader.membersAt`. */
export function readMembersAt(sql: Sql, tenantId: string, groupId: string, keys: readonly MemberKey[]): Member[] {
  return sql
    .all<MembershipRow>(
      `SELECT ${membershipColumns} FROM json_each(?3) k
       CROSS JOIN member m INDEXED BY member_principal ON m.principal = k.value ->> 0 AND m.dup = k.value ->> 1 AND ${ofGroup}
       CROSS JOIN principal p ON p.key = m.principal ORDER BY k.key`,
      tenantId,
      groupId,
      JSON.stringify(keys),
    )
    .map(toMember);
}

export function readMember(sql: Sql, tenantId: string, groupId: string, memberId: string): Member | undefined {
  for (const { original, duplicate } of possibleOriginals(memberId)) {
    const row = sql.get<MembershipRow>(
      `SELECT ${membershipColumns} FROM tenant t CROSS JOIN principal p ON p.tenant = t.key AND p.id = ?3
       CROSS JOIN member m ON m.principal = p.key AND m.dup = ?4 WHERE t.id = ?1 AND ${ofGroup}`,
      tenantId,
      groupId,
      original,
      duplicate,
    );
    if (row) return toMember(row);
  }
  return undefined;
}
