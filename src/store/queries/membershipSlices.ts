import type { Sql } from '../sql.ts';

/** What is read of each membership beside its place, and the tables that it takes. */
export interface MembershipColumns {
  readonly columns: string;
  readonly joins?: string;
  /** Rows read in one go. */
  readonly atOnce: number;
}

/** The groups that hold a principal, in the order of their keys; slice by slice, with a pause after each. */
export function* membershipSlices<Row>(
  sql: Sql,
  principal: number,
  { columns, joins = '', atOnce }: MembershipColumns,
): Generator<readonly (Row & Place)[]> {
  for (let [grp, dup] = [0, -1]; ; ) {
    const rows = sql.all<Row & Place>(
      `SELECT m.grp, m.dup, ${columns} FROM member m ${joins}
       WHERE m.principal = ?1 AND m.grp >= ?2 AND (m.grp, m.dup) > (?2, ?3) ORDER BY m.grp, m.dup LIMIT ${atOnce}`,
      principal,
      grp,
      dup,
    );
    yield rows;
    const last = rows.at(-1);
    if (rows.length < atOnce || !last) return;
    [grp, dup] = [last.grp, last.dup];
  }
}

interface Place {
  readonly grp: number;
  readonly dup: number;
}
