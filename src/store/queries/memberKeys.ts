import type { MemberFilter } from '../../core/memberFilter.ts';
import type { MemberKey } from '../../core/store.ts';
import type { Sql } from '../sql.ts';
import { filterCondition } from './memberFilter.ts';
import { ofGroup } from './members.ts';

interface Row {
  readonly sort: string;
  readonly sortKey: string;
  readonly principal: number;
  readonly dup: number;
  readonly isMeant: number;
}

/** See `StoreReader.memberKeys`. @param limit members looked at in one go */
export function* memberKeySlices(
  sql: Sql,
  tenantId: string,
  groupId: string,
  filter: MemberFilter,
  limit = 2000,
): Generator<readonly MemberKey[]> {
  const behind = 'AND m.sort >= ?5 AND (m.sort, p.sort_key, m.principal, m.dup) > (?5, ?6, ?7, ?8)';
  for (let last: Row | undefined; ; ) {
    const rows = sql.all<Row>(
      `SELECT m.sort, m.sortKey, m.principal, m.dup, (1 ${filterCondition(sql, filter)}) AS isMeant
       FROM (SELECT m.*, p.sort_key AS sortKey FROM member m CROSS JOIN principal p ON p.key = m.principal
             WHERE ${ofGroup} ${last ? behind : ''}
             ORDER BY m.sort, p.sort_key, m.principal, m.dup LIMIT ?3) m
       CROSS JOIN principal p ON p.key = m.principal ORDER BY m.sort, m.sortKey, m.principal, m.dup`,
      tenantId,
      groupId,
      limit,
      JSON.stringify(filter),
      ...(last ? [last.sort, last.sortKey, last.principal, last.dup] : []),
    );
    yield rows.filter(({ isMeant }) => isMeant === 1).map(({ principal, dup }) => [principal, dup]);
    last = rows.at(-1);
    if (!last || rows.length < limit) return;
  }
}
