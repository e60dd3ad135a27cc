import type { Sql } from '../../sql.ts';
import { type GroupRange, isIn, type Sides } from './sides.ts';

/** Rows that are read in one go. */
const sliceRows = 500;

/** A row that came or left: where the reading is, and the member, if it is in the snapshot that is asked about. */
type Row = readonly [
  grp: number,
  at: number,
  principal: number,
  dup: number,
  isThere: number,
  /** The key of a word. */
  access: number | null,
];

/** A member by the keys of its principal and its right. */
export interface PastKeys {
  readonly principal: number;
  readonly dup: number;
  readonly access: number | null;
}

/** A principal in a group, as two snapshots have it; absent where one does not. */
export interface KeyPair {
  before?: PastKeys;
  after?: PastKeys;
}

/** By principal, and by the number of those who have the same id. */
export type KeyPairs = Map<number | string, KeyPair>;

type Side = keyof KeyPair;

const rowColumns = (at: string, side: string): string =>
  `k.grp, ${at}, k.principal, k.dup, ${isIn('m', side)}, m.access`;
const joined = `CROSS JOIN past_member m
  ON m.grp = k.grp AND m.principal = k.principal AND m.dup = k.dup AND m.since = k.since`;

// Both indexes hold only what changed at some time. Where that is little, all of it is gone through; else each group is
// looked up. By the groups' keys: their other index would be sorted for every slice.
const isLittleText = `SELECT
  (SELECT count(*) FROM (SELECT 1 FROM past_member INDEXED BY past_member_came
    WHERE grp > ?1 AND grp <= ?2 AND since > 0 LIMIT ${sliceRows})) < ${sliceRows}
  AND (SELECT count(*) FROM (SELECT 1 FROM past_member INDEXED BY past_member_left
    WHERE grp > ?1 AND grp <= ?2 AND until IS NOT NULL LIMIT ${sliceRows})) < ${sliceRows} AS isLittle`;
const allText: Readonly<Record<Side, string>> = {
  after: `SELECT ${rowColumns('k.since', '?2')} FROM past_member k INDEXED BY past_member_came ${joined}
    WHERE k.grp > ?3 AND k.grp <= ?4 AND k.since > ?1 AND k.since <= ?2 AND k.since > 0 ORDER BY k.grp`,
  before: `SELECT ${rowColumns('k.until', '?1')} FROM past_member k INDEXED BY past_member_left ${joined}
    WHERE k.grp > ?3 AND k.grp <= ?4 AND k.until >= ?1 AND k.until < ?2 AND k.until IS NOT NULL ORDER BY k.grp`,
};
const groups = 'past_group g NOT INDEXED CROSS JOIN past_member m';
const groupsMeant = 'g.key > ?4 AND g.key <= ?5 AND g.tenant = ?3';
const someText: Readonly<Record<Side, string>> = {
  after: `SELECT ${rowColumns('k.since', '?2')} FROM (
      SELECT m.grp, m.principal, m.dup, m.since FROM ${groups} INDEXED BY past_member_came
        ON m.grp = g.key AND m.since > ?1 AND m.since <= ?2 AND m.since > 0
      WHERE ${groupsMeant} ORDER BY g.key LIMIT ${sliceRows}
    ) k ${joined} ORDER BY k.grp`,
  before: `SELECT ${rowColumns('k.until', '?1')} FROM (
      SELECT m.grp, m.principal, m.dup, m.since, m.until FROM ${groups} INDEXED BY past_member_left
        ON m.grp = g.key AND m.until >= ?1 AND m.until < ?2 AND m.until IS NOT NULL
      WHERE ${groupsMeant} ORDER BY g.key LIMIT ${sliceRows}
    ) k ${joined} ORDER BY k.grp`,
};

// Of one group, behind a place (?4, ?5, ?6). Deleting a snapshot between the two moves `since` up and `until` down: to
// where is not read yet.
const oneText: Readonly<Record<Side, string>> = {
  after: `SELECT ${rowColumns('k.since', '?2')} FROM (
      SELECT grp, principal, dup, since FROM past_member INDEXED BY past_member_came
      WHERE grp = ?3 AND (since, principal, dup) > (?4, ?5, ?6) AND since <= ?2 AND since > 0 AND ?1 IS NOT NULL
      ORDER BY since, principal, dup LIMIT ${sliceRows}
    ) k ${joined} ORDER BY k.since, k.principal, k.dup`,
  before: `SELECT ${rowColumns('k.until', '?1')} FROM (
      SELECT grp, principal, dup, since, until FROM past_member INDEXED BY past_member_left
      WHERE grp = ?3 AND (until, principal, dup) < (?4, ?5, ?6) AND until >= ?1 AND until IS NOT NULL AND ?2 IS NOT NULL
      ORDER BY until DESC, principal DESC, dup DESC LIMIT ${sliceRows}
    ) k ${joined} ORDER BY k.until DESC, k.principal DESC, k.dup DESC`,
};

/** What differs in the members of some groups, of `range` up to `to`. */
export interface ChangedMembers {
  readonly to: number;
  readonly byGroup: ReadonlyMap<number, KeyPairs>;
}

/**
 * The first groups of a range, of other tenants too; nothing where already the first one has more than is read in one go.
 */
export function readChangedMembers(
  sql: Sql,
  { tenant, before, after }: Sides,
  { from, to }: GroupRange,
): ChangedMembers | undefined {
  let until = to;
  const isLittle = sql.get<{ isLittle: number }>(isLittleText, from, to)?.isLittle === 1;
  const rowsOf = (side: Side): readonly Row[] => {
    if (isLittle) return sql.tuples<Row>(allText[side], before, after, from, to);
    const rows = sql.tuples<Row>(someText[side], before, after, tenant, from, until);
    // Of the last group there may be more.
    const last = rows.length < sliceRows ? undefined : rows.at(-1);
    if (last) until = last[0] - 1;
    return rows;
  };
  const sides = [['after', rowsOf('after')] as const, ['before', rowsOf('before')] as const];
  if (until === from) return undefined;
  const byGroup = new Map<number, KeyPairs>();
  for (const [side, rows] of sides) {
    for (const row of rows) {
      const grp = row[0];
      if (grp > until) break;
      const pairs: KeyPairs = byGroup.get(grp) ?? new Map();
      add(pairs, side, row);
      byGroup.set(grp, pairs);
    }
  }
  return { to: until, byGroup };
}

/** The same of one group, however much it is; with pauses. */
export function* changedMembersOf(sql: Sql, { before, after }: Sides, grp: number): Generator<undefined, KeyPairs> {
  const pairs: KeyPairs = new Map();
  for (const side of ['after', 'before'] as const) {
    // Behind the last of those who came until the first snapshot, or before the first of those who left at the second.
    const [end, bound] = side === 'after' ? [before, Number.MAX_SAFE_INTEGER] : [after, -1];
    for (let [at, principal, dup] = [end, bound, bound]; ; ) {
      const rows = sql.tuples<Row>(oneText[side], before, after, grp, at, principal, dup);
      for (const row of rows) add(pairs, side, row);
      const last = rows.at(-1);
      if (rows.length < sliceRows || !last) break;
      yield;
      [at, principal, dup] = [last[1], last[2], last[3]];
    }
  }
  return pairs;
}

function add(pairs: KeyPairs, side: Side, row: Row): void {
  if (!row[4]) return;
  const member: PastKeys = { principal: row[2], dup: row[3], access: row[5] };
  const key = member.dup === 0 ? member.principal : `${member.principal} ${member.dup}`;
  const pair = pairs.get(key);
  if (pair) pair[side] = member;
  else pairs.set(key, { [side]: member });
}
