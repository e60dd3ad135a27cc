import type { Sql } from '../../sql.ts';
import { type ChangedGroup, nextGroups, readChangedGroups } from './changedGroups.ts';
import { changedMembersOf, type KeyPairs, readChangedMembers } from './changedMembers.ts';
import { joinById, type Pair, readContents } from './memberChange.ts';
import type { Sides } from './sides.ts';

export interface GroupChange {
  readonly group: ChangedGroup;
  /** Its members that differ. */
  readonly pairs: Iterable<Pair>;
}

/**
 * The groups in which something differs between two snapshots, by their keys; with pauses, in which nothing is told. What
 * was read of a group before a pause holds as long as both snapshots are there.
 */
export function* groupChanges(sql: Sql, sides: Sides): Generator<GroupChange | undefined> {
  let range = nextGroups(sql, 0);
  while (range) {
    const { from } = range;
    const { to, byGroup } = readChangedMembers(sql, sides, range) ?? (yield* oneGroup(sql, sides, from + 1));
    const groups = readChangedGroups(sql, sides, { from, to }, byGroup.keys());
    const pairsOf = ({ grp }: ChangedGroup) => byGroup.get(grp)?.values() ?? [];
    const contents = yield* readContents(sql, groups.map(pairsOf));
    for (const group of groups) yield { group, pairs: joinById(pairsOf(group), contents) };
    yield;
    range = to < range.to ? { from: to, to: range.to } : nextGroups(sql, to);
  }
}

function* oneGroup(sql: Sql, sides: Sides, grp: number) {
  const pairs = yield* changedMembersOf(sql, sides, grp);
  return { to: grp, byGroup: new Map<number, KeyPairs>([[grp, pairs]]) };
}
