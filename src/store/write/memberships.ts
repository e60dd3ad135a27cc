import type { MemberRow } from '../../core/provider/rows.ts';
import type { IdentifiedRow } from '../ids.ts';
import type { Sql } from '../sql.ts';
import type { WriteContext } from './context.ts';
import { nameReference } from './directory.ts';
import { cleanMember } from './principals.ts';

/** A member row, its principal kept, ready to become a row of `member`. */
export interface Membership {
  /** The service's own id. */
  readonly original: string;
  readonly principal: number;
  readonly sort: string;
  readonly access: number | null;
  /** Known by id alone. */
  readonly isUnnamed: boolean;
}

export function toMembership(context: WriteContext, tenant: number, sent: MemberRow): Membership {
  const row = sent.isReference ? nameReference(context.sql, tenant, cleanMember(sent)) : sent;
  const { key, id, sort } = context.principals.intern(tenant, row);
  const access = row.accessRight === undefined ? null : context.words.key(tenant, row.accessRight);
  return {
    original: id,
    principal: key,
    sort,
    access,
    isUnnamed: row.isReference === true,
  };
}

/** Memberships as rows that ids are assigned to: equal where principal and right are. */
export function identified(memberships: readonly Membership[]): IdentifiedRow[] {
  return memberships.map(({ original, principal, access }) => ({ original, content: `${principal}/${access}` }));
}

/** Writes a membership; one that the load wrote before keeps its place. */
export function upsertMember(
  context: WriteContext,
  grp: number,
  membership: Membership,
  duplicate: number,
  gen: number,
  pos: number,
): void {
  const { sort, principal, access } = membership;
  context.sql.run(
    `INSERT INTO member (grp, sort, principal, dup, access, gen, pos) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET access = excluded.access, gen = max(gen, excluded.gen),
       pos = iif(gen = excluded.gen, pos, excluded.pos)`,
    grp,
    sort,
    principal,
    duplicate,
    access,
    gen,
    pos,
  );
}

/** Rows that one statement writes at most. */
const rowsAtOnce = 32;

/**
 * Writes memberships of a group that has none, in their order. Many rows a statement: a million of them take a fifth
 * less time so. Without what it takes to undo one statement alone (`OR FAIL`): who fails here undoes all.
 * @param numbers the number behind the `~` of each unique id; absent where none has one
 */
export function insertMembers(
  sql: Sql,
  grp: number,
  gen: number,
  memberships: readonly Membership[],
  numbers?: readonly number[],
): void {
  for (let at = 0; at < memberships.length; at += rowsAtOnce) {
    const values: (number | string | null)[] = [grp, gen];
    const end = Math.min(at + rowsAtOnce, memberships.length);
    for (let index = at; index < end; index++) {
      const row = memberships[index];
      if (row) values.push(row.sort, row.principal, numbers?.[index] ?? 0, row.access, index);
    }
    sql.run(insertOf(end - at), ...values);
  }
}

const inserts: string[] = [];

function insertOf(rows: number): string {
  const columns = 'grp, gen, sort, principal, dup, access, pos';
  inserts[rows] ??=
    `INSERT OR FAIL INTO member (${columns}) VALUES ${'(?1, ?2, ?, ?, ?, ?, ?), '.repeat(rows).slice(0, -2)}`;
  return inserts[rows];
}
