import type { PastMember, SnapshotChange } from '../../core/savedSnapshots.ts';
import type { SnapshotMember } from '../../core/snapshot.ts';
import { sortSteps } from '../../core/sortSteps.ts';
import { createMemberMapper, type StoredMembership, storedMemberColumns } from '../snapshotMember.ts';
import type { Sql } from '../sql.ts';
import type { ChangedGroup } from './changedGroups.ts';
import { isIn, type Sides } from './sides.ts';

/** Rows that are read in one go. */
const sliceRows = 500;

export type MemberChange = Extract<SnapshotChange, { readonly member: PastMember }>;

/** A row that is in one of the two snapshots alone: where the reading is, and the member. */
type Row = readonly [at: number, principal: number, dup: number, isThere: number, sortKey: string, ...StoredMembership];

const rowColumns = (at: string, side: string): string =>
  `${at}, k.principal, k.dup, ${isIn('m', side)}, p.sort_key, ${storedMemberColumns}`;
const joined = `CROSS JOIN past_member m ON m.grp = ?3 AND m.principal = k.principal AND m.dup = k.dup AND m.since = k.since
  CROSS JOIN principal p ON p.key = m.principal`;

// Behind a place (?4, ?5, ?6). Both indexes hold only what changed; the order of conditions decides what they are
// searched by. Deleting a snapshot between the two moves `since` up and `until` down: to where is not read yet.
const cameText = `SELECT ${rowColumns('k.since', '?2')} FROM (
    SELECT principal, dup, since FROM past_member INDEXED BY past_member_came
    WHERE grp = ?3 AND (since, principal, dup) > (?4, ?5, ?6) AND since <= ?2 AND since > 0 AND ?1 IS NOT NULL
    ORDER BY since, principal, dup LIMIT ${sliceRows}
  ) k ${joined} ORDER BY k.since, k.principal, k.dup`;
const leftText = `SELECT ${rowColumns('k.until', '?1')} FROM (
    SELECT principal, dup, since, until FROM past_member INDEXED BY past_member_left
    WHERE grp = ?3 AND (until, principal, dup) < (?4, ?5, ?6) AND until >= ?1 AND until IS NOT NULL AND ?2 IS NOT NULL
    ORDER BY until DESC, principal DESC, dup DESC LIMIT ${sliceRows}
  ) k ${joined} ORDER BY k.until DESC, k.principal DESC, k.dup DESC`;

/** A member as the two snapshots have it. */
interface Pair {
  readonly sortKey: string;
  before?: SnapshotMember;
  after?: SnapshotMember;
}

/** What differs in the members of a group, in the order of their names; with pauses, in which nothing is told. */
export function createMemberChanges(
  sql: Sql,
  { before, after }: Sides,
): (group: ChangedGroup) => Generator<MemberChange | undefined> {
  const toMember = createMemberMapper(sql);

  function* read(pairs: Map<string, Pair>, grp: number, side: 'before' | 'after'): Generator<undefined> {
    const [text, end] = side === 'after' ? [cameText, before] : [leftText, after];
    // Behind the last of those who came until the first snapshot, or before the first of those who left at the second.
    const bound = side === 'after' ? Number.MAX_SAFE_INTEGER : -1;
    for (let [at, principal, dup] = [end, bound, bound]; ; ) {
      const rows = sql.tuples<Row>(text, before, after, grp, at, principal, dup);
      for (const [, , , isThere, sortKey, ...stored] of rows) {
        if (!isThere) continue;
        const member = toMember(stored);
        const pair = pairs.get(member.id) ?? { sortKey };
        pair[side] = member;
        pairs.set(member.id, pair);
      }
      const last = rows.at(-1);
      if (rows.length < sliceRows || !last) return;
      yield;
      [at, principal, dup] = last;
    }
  }

  return function* (group) {
    const pairs = new Map<string, Pair>();
    if (group.hasCome) yield* read(pairs, group.grp, 'after');
    if (group.hasLeft) yield* read(pairs, group.grp, 'before');
    const { groupId } = group;
    const groupName = group.nameAfter ?? group.nameBefore ?? '';
    const sorted = yield* sortSteps([...pairs.values()], ({ sortKey }) => sortKey);
    for (const pair of sorted) yield toChange(pair, { groupId, groupName });
  };
}

/** Rows that show the same member before and after are one change, or none where only what is not told differs. */
function toChange(
  { before, after }: Pair,
  group: { readonly groupId: string; readonly groupName: string },
): MemberChange | undefined {
  const shown = after ?? before;
  if (!shown || (before && after && before.accessRight === after.accessRight)) return undefined;
  const one = before ? 'lost' : 'gained';
  return {
    what: before && after ? 'changed' : one,
    ...group,
    member: toPastMember(shown),
    ...(before?.accessRight ? { before: before.accessRight } : {}),
    ...(after?.accessRight ? { after: after.accessRight } : {}),
  };
}

function toPastMember({ id, name, email, principalType, isGuest }: SnapshotMember): PastMember {
  return { id, name, principalType, isGuest, ...(email === undefined ? {} : { email }) };
}
