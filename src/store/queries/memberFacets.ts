import type { MemberFacets } from '../../core/memberFilter.ts';
import type { Sql } from '../sql.ts';
import { guestMark, rightOf, typeOf } from './memberFilter.ts';
import { ofGroup } from './members.ts';

/** Members looked at in one go. */
const slice = 2000;

interface Row {
  readonly accessRight: string;
  readonly type: string;
  readonly guest: number;
  readonly members: number;
}

interface Place {
  readonly sort: string;
  readonly principal: number;
  readonly dup: number;
}

/** See `StoreReader.memberFacets`. */
export function* memberFacets(sql: Sql, tenantId: string, groupId: string): Generator<MemberFacets> {
  const rights = new Map<string, number>();
  const principalTypes = new Map<string, number>();
  let guests = 0;
  let members = 0;
  for (let place: Place | undefined; ; ) {
    const behind: (string | number)[] = place ? [place.sort, place.principal, place.dup] : [];
    const some = `SELECT m.* FROM member m WHERE ${ofGroup}
      ${place ? 'AND (m.sort, m.principal, m.dup) > (?4, ?5, ?6)' : ''} ORDER BY m.sort, m.principal, m.dup LIMIT ?3`;
    const rows = sql.all<Row>(
      `SELECT ${rightOf} AS accessRight, ${typeOf} AS type, ${guestMark(sql)} AS guest, count(*) AS members
       FROM (${some}) m CROSS JOIN principal p ON p.key = m.principal GROUP BY 1, 2, 3`,
      tenantId,
      groupId,
      slice,
      ...behind,
    );
    for (const row of rows) {
      rights.set(row.accessRight, (rights.get(row.accessRight) ?? 0) + row.members);
      principalTypes.set(row.type, (principalTypes.get(row.type) ?? 0) + row.members);
      guests += row.guest * row.members;
      members += row.members;
    }
    yield { members, rights, principalTypes, guests };
    place = sql.get<Place>(
      `SELECT sort, principal, dup FROM (${some}) LIMIT 1 OFFSET ${slice - 1}`,
      tenantId,
      groupId,
      slice,
      ...behind,
    );
    if (!place) return;
  }
}
