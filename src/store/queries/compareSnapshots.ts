import type { ListingState } from '../../core/model.ts';
import type { ComparisonSlice, PastMember, SnapshotChange, SnapshotGap } from '../../core/savedSnapshots.ts';
import type { SnapshotMember } from '../../core/snapshot.ts';
import { createMemberMapper, type StoredMembership, storedMemberColumns } from '../snapshotMember.ts';
import type { Sql } from '../sql.ts';

/** Groups of the past that are looked at between two turns: fewer where much changed, more where little did. */
const groupsAtFirst = 200;

/** Milliseconds that one look should take. */
const fair = 8;

interface Range {
  readonly from: number;
  readonly to: number;
}

interface Sides {
  readonly tenant: number;
  readonly before: number;
  readonly after: number;
}

/** A row of the past is in a snapshot. @param side `?1` or `?2` */
const isIn = (row: string, side: string): string =>
  `(${row}.since <= ${side} AND (${row}.until IS NULL OR ${row}.until >= ${side}))`;

/** See `StoreReader.compareSnapshots`. Nothing where one of the two is gone, or of another tenant. */
export function* comparisonSlices(sql: Sql, before: number, after: number): Generator<ComparisonSlice> {
  const tenant = sql.get<{ tenant: number }>(
    'SELECT a.tenant FROM snapshot a JOIN snapshot b ON b.tenant = a.tenant WHERE a.key = ? AND b.key = ?',
    before,
    after,
  )?.tenant;
  if (tenant === undefined) return;
  const sides = { tenant, before, after };
  yield groupChanges(sql, sides);
  const read = createMemberChanges(sql, sides);
  let [from, groups] = [0, groupsAtFirst];
  for (;;) {
    const { key: to } = sql.get<{ key: number | null }>(
      'SELECT max(key) AS key FROM (SELECT key FROM past_group WHERE tenant = ? AND key > ? ORDER BY key LIMIT ?)',
      tenant,
      from,
      groups,
    ) ?? { key: null };
    if (to === null) return;
    const start = performance.now();
    yield read({ from, to });
    groups = Math.max(1, Math.round(groups * Math.min(4, fair / (performance.now() - start))));
    from = to;
  }
}

interface LookRow {
  readonly id: string;
  readonly nameBefore: string | null;
  readonly nameAfter: string | null;
}

function groupChanges(sql: Sql, { tenant, before, after }: Sides): ComparisonSlice {
  const name = (side: string): string => `(SELECT l.name FROM past_look l WHERE l.grp = g.key AND ${isIn('l', side)})`;
  const rows = sql.all<LookRow>(
    `SELECT g.id, ${name('?1')} AS nameBefore, ${name('?2')} AS nameAfter FROM past_group g
     WHERE g.tenant = ?3 AND EXISTS (SELECT 1 FROM past_look l WHERE l.grp = g.key
       AND (l.since > ?1 AND l.since <= ?2 OR l.until >= ?1 AND l.until < ?2))
     ORDER BY g.key`,
    before,
    after,
    tenant,
  );
  const states = gapsOf(sql, { tenant, before, after }, { from: -1, to: 0 }).get(0);
  let unknown = 0;
  const changes = rows.flatMap(({ id: groupId, nameBefore, nameAfter }): SnapshotChange[] => {
    if (nameBefore !== null && nameAfter !== null) {
      const isSame = nameBefore === nameAfter;
      return isSame ? [] : [{ what: 'groupRenamed', groupId, groupName: nameAfter, before: nameBefore }];
    }
    const groupName = nameAfter ?? nameBefore;
    if (groupName === null) return [];
    const isGap = states !== undefined && (nameAfter === null ? states.after : states.before) !== 'complete';
    if (isGap) unknown += 1;
    return isGap ? [] : [{ what: nameAfter === null ? 'groupWent' : 'groupCame', groupId, groupName }];
  });
  return { changes, gaps: states ? [{ ...states, unknown }] : [] };
}

/** Who changed in a group: the member, and which of the two snapshots has it. */
interface Side {
  readonly member: SnapshotMember;
  readonly isAfter: boolean;
}

// Either index holds only what changed.
const changedText = `SELECT k.grp, ${isIn('m', '?1')}, ${isIn('m', '?2')}, ${storedMemberColumns}
  FROM (
    SELECT grp, principal, dup, since FROM past_member INDEXED BY past_member_came
    WHERE grp > ?3 AND grp <= ?4 AND since > 0 AND since > ?1 AND since <= ?2
    UNION
    SELECT grp, principal, dup, since FROM past_member INDEXED BY past_member_left
    WHERE grp > ?3 AND grp <= ?4 AND until IS NOT NULL AND until >= ?1 AND until < ?2
  ) k CROSS JOIN past_member m ON m.grp = k.grp AND m.principal = k.principal AND m.dup = k.dup AND m.since = k.since
  CROSS JOIN principal p ON p.key = m.principal ORDER BY k.grp, p.sort_key, p.id, m.dup, m.since`;

function createMemberChanges(sql: Sql, sides: Sides): (range: Range) => ComparisonSlice {
  const { before, after } = sides;
  const statement = sql.db.prepare(changedText);
  statement.setReturnArrays(true);
  const toMember = createMemberMapper(sql);

  return (range) => {
    const states = gapsOf(sql, sides, range);
    const groups = new Map<number, Side[]>([...states.keys()].map((grp) => [grp, []]));
    for (const row of statement.iterate(before, after, range.from, range.to)) {
      // What is selected stands above: three columns before those of the member.
      const [grp, isBefore, isAfter, ...stored] = row as unknown as [number, number, number, ...StoredMembership];
      if (isBefore === isAfter) continue;
      const side = { member: toMember(stored), isAfter: isAfter === 1 };
      const own = groups.get(grp);
      if (own) own.push(side);
      else groups.set(grp, [side]);
    }
    const changes: SnapshotChange[] = [];
    const gaps: SnapshotGap[] = [];
    for (const [grp, own] of [...groups].sort(([one], [other]) => one - other)) {
      const group = readGroup(sql, sides, grp);
      if (!group) continue;
      const state = states.get(grp);
      let unknown = 0;
      for (const change of pairUp(own, group)) {
        if (isUnknown(change, state)) unknown += 1;
        else changes.push(change);
      }
      if (state) gaps.push({ ...group, ...state, unknown });
    }
    return { changes, gaps };
  };
}

type States = Pick<SnapshotGap, 'before' | 'after'>;

/** Where a list was incomplete, who is missing in it may well have been there. */
function isUnknown({ what }: SnapshotChange, states: States | undefined): boolean {
  if (what === 'gained') return states !== undefined && states.before !== 'complete';
  return what === 'lost' && states !== undefined && states.after !== 'complete';
}

/** Rows that show the same member before and after are one change, or none where only what is not told differs. */
function pairUp(
  rows: readonly Side[],
  group: { readonly groupId: string; readonly groupName: string },
): readonly SnapshotChange[] {
  const pairs = new Map<string, { before?: SnapshotMember; after?: SnapshotMember }>();
  for (const { member, isAfter } of rows) {
    const pair = pairs.get(member.id) ?? {};
    pairs.set(member.id, isAfter ? { ...pair, after: member } : { ...pair, before: member });
  }
  return [...pairs.values()].flatMap(({ before, after }): SnapshotChange[] => {
    const shown = after ?? before;
    if (!shown || (before && after && before.accessRight === after.accessRight)) return [];
    const one = before ? 'lost' : 'gained';
    return [
      {
        what: before && after ? 'changed' : one,
        ...group,
        member: toPastMember(shown),
        ...(before?.accessRight ? { before: before.accessRight } : {}),
        ...(after?.accessRight ? { after: after.accessRight } : {}),
      },
    ];
  });
}

function toPastMember({ id, name, email, principalType, isGuest }: SnapshotMember): PastMember {
  return { id, name, principalType, isGuest, ...(email === undefined ? {} : { email }) };
}

/** A group by its newest name in the two; nothing for one that is in neither. */
function readGroup(
  sql: Sql,
  { before, after }: Sides,
  grp: number,
): { readonly groupId: string; readonly groupName: string } | undefined {
  return sql.get(
    `SELECT g.id AS groupId, l.name AS groupName FROM past_look l CROSS JOIN past_group g ON g.key = l.grp
     WHERE l.grp = ?3 AND l.since <= ?2 AND (l.until IS NULL OR l.until >= ?1) ORDER BY l.since DESC LIMIT 1`,
    before,
    after,
    grp,
  );
}

/** The states of listings that were not complete in one of the two. */
function gapsOf(
  sql: Sql,
  { tenant, before, after }: Sides,
  { from, to }: Range,
): Map<number, { readonly before: ListingState; readonly after: ListingState }> {
  const state = (side: string): string => `coalesce(max(CASE WHEN ${isIn('p', side)} THEN state END), 'complete')`;
  const rows = sql.all<{ grp: number; before: ListingState; after: ListingState }>(
    `SELECT grp, ${state('?1')} AS before, ${state('?2')} AS after FROM past_gap p
     WHERE tenant = ?3 AND grp > ?4 AND grp <= ?5 AND (${isIn('p', '?1')} OR ${isIn('p', '?2')}) GROUP BY grp`,
    before,
    after,
    tenant,
    from,
    to,
  );
  return new Map(rows.map(({ grp, ...states }) => [grp, states]));
}
