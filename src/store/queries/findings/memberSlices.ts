import type { Sql } from '../../sql.ts';

/** A membership with what tells principals apart. */
export interface MemberFacts {
  readonly grp: number;
  readonly principal: number;
  readonly dup: number;
  readonly access: number | null;
  readonly type: number;
  /** The id by which all services know them, else the tenant's own. */
  readonly who: string;
}

/** Rows looked at between two turns of other work. */
const rowsAtOnce = 1500;

const columns = 'm.grp, m.principal, m.dup, m.access, p.type, coalesce(p.object, p.id) AS who';

/** Of `member m`. Plain comparisons: a list would be looked up for each of a million rows. */
export function isNoneOf(rights: readonly number[]): string {
  return rights.length === 0
    ? 'TRUE'
    : `(m.access IS NULL OR ${rights.map((key) => `m.access <> ${key}`).join(' AND ')})`;
}

/** The members of groups whose right is none of these, group by group; one with very many members comes in parts. */
export function* memberSlices(
  sql: Sql,
  groups: readonly { readonly key: number; readonly count: number | null }[],
  lesser: readonly number[],
): Generator<readonly MemberFacts[]> {
  const withOther = isNoneOf(lesser);
  for (const slice of bySize(groups)) {
    const [only] = slice;
    if (only && (only.count ?? 0) > rowsAtOnce) {
      yield* oneGroup(sql, only.key, withOther);
      continue;
    }
    yield sql.all<MemberFacts>(
      `SELECT ${columns} FROM json_each(?1) j CROSS JOIN member m ON m.grp = j.value AND ${withOther}
       CROSS JOIN principal p ON p.key = m.principal`,
      JSON.stringify(slice.map(({ key }) => key)),
    );
  }
}

/** Groups together as long as they are small; a large one is alone. */
export function* bySize<T extends { readonly count: number | null }>(groups: readonly T[]): Generator<readonly T[]> {
  let slice: T[] = [];
  let rows = 0;
  for (const group of groups) {
    const count = group.count ?? 0;
    if (slice.length > 0 && rows + count > rowsAtOnce) {
      yield slice;
      [slice, rows] = [[], 0];
    }
    slice.push(group);
    rows += count;
  }
  if (slice.length > 0) yield slice;
}

export interface Place {
  readonly sort: string;
  readonly principal: number;
  readonly dup: number;
}

/** A place in a group's members behind some thousands of others; nothing where fewer are left. */
export function placeBehind(sql: Sql, grp: number, { sort, principal, dup }: Place): Place | undefined {
  return sql.get<Place>(
    `SELECT sort, principal, dup FROM member WHERE grp = ?1 AND (sort, principal, dup) > (?2, ?3, ?4)
     ORDER BY sort, principal, dup LIMIT 1 OFFSET ${rowsAtOnce}`,
    grp,
    sort,
    principal,
    dup,
  );
}

export function valuesOf({ sort, principal, dup }: Place): readonly [string, number, number] {
  return [sort, principal, dup];
}

export const beforeAll: Place = { sort: '', principal: -1, dup: -1 };

function* oneGroup(sql: Sql, grp: number, withOther: string): Generator<readonly MemberFacts[]> {
  for (let after: Place | undefined = beforeAll; after; ) {
    const until: Place | undefined = placeBehind(sql, grp, after);
    yield sql.all<MemberFacts>(
      `SELECT ${columns} FROM member m CROSS JOIN principal p ON p.key = m.principal
       WHERE m.grp = ?1 AND ${withOther} AND (m.sort, m.principal, m.dup) > (?2, ?3, ?4)
         ${until ? 'AND (m.sort, m.principal, m.dup) <= (?5, ?6, ?7)' : ''}`,
      grp,
      ...valuesOf(after),
      ...(until ? valuesOf(until) : []),
    );
    after = until;
  }
}
