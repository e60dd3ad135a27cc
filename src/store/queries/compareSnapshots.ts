import { isGuest, type ListingState } from '../../core/model.ts';
import type { ComparisonSlice, PastMember, SnapshotChange, SnapshotGap } from '../../core/savedSnapshots.ts';
import { uniqueId } from '../ids.ts';
import { type ContentRow, memberContent, toMember } from '../memberContent.ts';
import type { Sql } from '../sql.ts';

/** Groups of the past that are looked at between two turns. */
const groupsAtOnce = 200;

/** Groups without members of the past are passed over quickly. */
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
  const last =
    sql.get<{ key: number | null }>('SELECT max(key) AS key FROM past_group WHERE tenant = ?', tenant)?.key ?? 0;
  for (let from = 0; from < last; ) {
    const to = sql.get<{ key: number }>(
      `SELECT max(key) AS key FROM (SELECT key FROM past_group WHERE tenant = ? AND key > ? ORDER BY key LIMIT ${groupsAtOnce})`,
      tenant,
      from,
    )?.key;
    if (to === undefined || to === null) return;
    yield memberChanges(sql, sides, { from, to });
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

type ChangedRow = ContentRow & {
  readonly grp: number;
  readonly dup: number;
  readonly access: string | null;
  readonly isBefore: number;
  readonly isAfter: number;
};

function memberChanges(sql: Sql, sides: Sides, range: Range): ComparisonSlice {
  const { before, after } = sides;
  const rows = sql.all<ChangedRow>(
    `SELECT m.grp, m.dup, (SELECT text FROM word WHERE key = m.access) AS access, ${isIn('m', '?1')} AS isBefore,
       ${isIn('m', '?2')} AS isAfter, ${memberContent('p')}
     FROM past_member m CROSS JOIN principal p ON p.key = m.principal
     WHERE m.grp > ?3 AND m.grp <= ?4 AND (m.since > ?1 AND m.since <= ?2 OR m.until >= ?1 AND m.until < ?2)
     ORDER BY m.grp, p.sort_key, p.id, m.dup, m.since`,
    before,
    after,
    range.from,
    range.to,
  );
  const states = gapsOf(sql, sides, range);
  const changes: SnapshotChange[] = [];
  const gaps: SnapshotGap[] = [];
  const groups = new Map<number, ChangedRow[]>([...states.keys()].map((grp) => [grp, []]));
  for (const row of rows) {
    if (row.isBefore === row.isAfter) continue;
    const own = groups.get(row.grp);
    if (own) own.push(row);
    else groups.set(row.grp, [row]);
  }
  for (const [grp, own] of [...groups].sort(([one], [other]) => one - other)) {
    const group = readGroup(sql, sides, grp);
    if (!group) continue;
    const state = states.get(grp);
    let unknown = 0;
    for (const change of pairUp(own, group)) {
      const isUnknown =
        (change.what === 'gained' && (state?.before ?? 'complete') !== 'complete') ||
        (change.what === 'lost' && (state?.after ?? 'complete') !== 'complete');
      if (isUnknown) unknown += 1;
      else changes.push(change);
    }
    if (state) gaps.push({ ...group, ...state, unknown });
  }
  return { changes, gaps };
}

/** Rows that show the same member before and after are one change, or none where only what is not told differs. */
function pairUp(
  rows: readonly ChangedRow[],
  group: { readonly groupId: string; readonly groupName: string },
): readonly SnapshotChange[] {
  const pairs = new Map<string, { member: PastMember; before?: ChangedRow; after?: ChangedRow }>();
  for (const row of rows) {
    const id = uniqueId(row.id, row.dup);
    const pair = pairs.get(id) ?? { member: toPastMember(row) };
    pairs.set(id, row.isAfter ? { ...pair, member: toPastMember(row), after: row } : { ...pair, before: row });
  }
  return [...pairs.values()].flatMap(({ member, before, after }): SnapshotChange[] => {
    const rights = {
      ...(before?.access ? { before: before.access } : {}),
      ...(after?.access ? { after: after.access } : {}),
    };
    if (!before) return [{ what: 'gained', ...group, member, ...rights }];
    if (!after) return [{ what: 'lost', ...group, member, ...rights }];
    return before.access === after.access ? [] : [{ what: 'changed', ...group, member, ...rights }];
  });
}

function toPastMember(row: ChangedRow): PastMember {
  const member = toMember(row);
  const { id, name, email, principalType } = member;
  return { id, name, principalType, isGuest: isGuest(member), ...(email === undefined ? {} : { email }) };
}

/** A group by its newest name in the two; nothing for one that is in neither. */
function readGroup(
  sql: Sql,
  { before, after }: Sides,
  grp: number,
): { readonly groupId: string; readonly groupName: string } | undefined {
  return sql.get(
    `SELECT g.id AS groupId, l.name AS groupName FROM past_group g JOIN past_look l ON l.grp = g.key
     WHERE g.key = ?3 AND (${isIn('l', '?1')} OR ${isIn('l', '?2')}) ORDER BY l.since DESC LIMIT 1`,
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
