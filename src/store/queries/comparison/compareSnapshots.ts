import { AppError } from '../../../core/errors.ts';
import type { ListingState } from '../../../core/model.ts';
import type { ComparisonSlice, SnapshotChange, SnapshotGap } from '../../../core/savedSnapshots.ts';
import { sortSteps } from '../../../core/turns/sortSteps.ts';
import type { Sql } from '../../sql.ts';
import type { ChangedGroup } from './changedGroups.ts';
import { groupChanges } from './groupChanges.ts';
import { createMemberChange, type MemberChange, type Pair } from './memberChange.ts';
import { isIn, type Sides } from './sides.ts';

/** Milliseconds that one slice may take. */
const fair = 8;

/** See `StoreReader.compareSnapshots`. @throws AppError `notFound`, `conflict` */
export function* comparisonSlices(sql: Sql, before: number, after: number): Generator<ComparisonSlice> {
  const tenant = tenantOf(sql, before, after);
  if (tenant === undefined) throw new AppError('notFound', 'One of the two snapshots is not there any more.');
  const work = compare(sql, { tenant, before, after });
  for (;;) {
    const slice = atOnce(sql, () => {
      // What a snapshot has moves to its neighbours when it is deleted, and would be told as changed.
      if (tenantOf(sql, before, after) === undefined)
        throw new AppError('conflict', 'One of the two snapshots was deleted meanwhile: compare again.');
      return work.next();
    });
    if (slice.done) return;
    yield slice.value;
  }
}

/** Of two snapshots that are there. */
function tenantOf(sql: Sql, before: number, after: number): number | undefined {
  return sql.get<{ tenant: number }>(
    'SELECT a.tenant FROM snapshot a JOIN snapshot b ON b.tenant = a.tenant WHERE a.key = ? AND b.key = ?',
    before,
    after,
  )?.tenant;
}

/** One view of the store for all that is read. */
function atOnce<T>({ db }: Sql, read: () => T): T {
  db.exec('BEGIN');
  try {
    return read();
  } finally {
    if (db.isTransaction) db.exec('COMMIT');
  }
}

function* compare(sql: Sql, sides: Sides): Generator<ComparisonSlice> {
  const list = gapOfList(sql, sides);
  const toChange = createMemberChange(sql);
  let slice = emptySlice();
  let start = performance.now();
  let unknownGroups = 0;
  for (const found of groupChanges(sql, sides)) {
    if (found) {
      const { group, pairs } = found;
      const became = becameOf(group);
      if (became && isUnknown(became, list)) unknownGroups += 1;
      else if (became) slice.changes.push(became);
      let unknown = 0;
      for (const pair of inOrder([...pairs])) {
        const change = pair && toChange(pair, group);
        if (change && isUnknownMember(change, group, list)) unknown += 1;
        else if (change) slice.changes.push(change);
        if (performance.now() - start < fair) continue;
        yield slice;
        slice = emptySlice();
        start = performance.now();
      }
      const gap = gapOf(group, unknown);
      if (gap) slice.gaps.push(gap);
    }
    if (performance.now() - start < fair) continue;
    yield slice;
    slice = emptySlice();
    start = performance.now();
  }
  if (list) slice.gaps.push({ ...list, unknown: unknownGroups });
  yield slice;
}

/** By the members' names; with pauses. */
function* inOrder(pairs: readonly Pair[]): Generator<Pair | undefined> {
  yield* yield* sortSteps(pairs, ({ sortKey }) => sortKey);
}

function emptySlice(): { readonly changes: SnapshotChange[]; readonly gaps: SnapshotGap[] } {
  return { changes: [], gaps: [] };
}

/** What became of the group itself. */
function becameOf({ groupId, nameBefore, nameAfter }: ChangedGroup): SnapshotChange | undefined {
  if (nameBefore === nameAfter) return undefined;
  if (nameAfter === null) return { what: 'groupWent', groupId, groupName: nameBefore ?? '' };
  if (nameBefore === null) return { what: 'groupCame', groupId, groupName: nameAfter };
  return { what: 'groupRenamed', groupId, groupName: nameAfter, before: nameBefore };
}

type States = Pick<SnapshotGap, 'before' | 'after' | 'isOtherList'>;

/** Where a list was incomplete, or another one, what is missing in it may well have been there. */
function isUnknown({ what }: SnapshotChange, states: States | undefined): boolean {
  if (what === 'gained' || what === 'groupCame')
    return states !== undefined && (states.isOtherList || states.before !== 'complete');
  if (what === 'lost' || what === 'groupWent')
    return states !== undefined && (states.isOtherList || states.after !== 'complete');
  return false;
}

/** The members of a group that the list of groups did not show were not shown either. */
function isUnknownMember(change: MemberChange, group: ChangedGroup, list: States | undefined): boolean {
  const { nameBefore, nameAfter, stateBefore, stateAfter } = group;
  const isListed = (change.what === 'gained' ? nameBefore : nameAfter) !== null;
  const states = { before: stateBefore ?? 'complete', after: stateAfter ?? 'complete' } as const;
  return isUnknown(change, states) || (!isListed && isUnknown(change, list));
}

function gapOf(
  { groupId, nameBefore, nameAfter, stateBefore, stateAfter }: ChangedGroup,
  unknown: number,
): SnapshotGap | undefined {
  if (stateBefore === null && stateAfter === null) return undefined;
  const groupName = nameAfter ?? nameBefore ?? '';
  return { groupId, groupName, before: stateBefore ?? 'complete', after: stateAfter ?? 'complete', unknown };
}

/** The states of the list of groups, if it was not complete in both, or not the same list. */
function gapOfList(sql: Sql, { tenant, before, after }: Sides): States | undefined {
  const row = sql.get<{ before: ListingState | null; after: ListingState | null; isOther: number | null }>(
    `SELECT (SELECT state FROM past_gap p WHERE tenant = ?3 AND grp = 0 AND ${isIn('p', '?1')}) AS before,
       (SELECT state FROM past_gap p WHERE tenant = ?3 AND grp = 0 AND ${isIn('p', '?2')}) AS after,
       (SELECT b.asked <> a.asked FROM snapshot b, snapshot a WHERE b.key = ?1 AND a.key = ?2) AS isOther`,
    before,
    after,
    tenant,
  );
  if (!row?.before && !row?.after && !row?.isOther) return undefined;
  const states = { before: row.before ?? 'complete', after: row.after ?? 'complete' } as const;
  return row.isOther ? { ...states, isOtherList: true } : states;
}
