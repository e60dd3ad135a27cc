import type { ListingState } from '../../../core/model.ts';
import type { Sql } from '../../sql.ts';
import { type GroupRange, isIn, type Sides } from './sides.ts';

/** Groups of the past, of whichever tenant, that are looked at in one go. */
const sliceGroups = 500;

/** A group in which something differs between two snapshots, or of which one does not know all. */
export interface ChangedGroup {
  readonly grp: number;
  readonly groupId: string;
  /** Null where the snapshot does not have the group. */
  readonly nameBefore: string | null;
  readonly nameAfter: string | null;
  /** Null where the members are complete. */
  readonly stateBefore: ListingState | null;
  readonly stateAfter: ListingState | null;
}

/** The next groups; nothing behind the last one. */
export function nextGroups(sql: Sql, from: number): GroupRange | undefined {
  const to = sql.get<{ to: number | null }>(
    'SELECT max(key) AS "to" FROM (SELECT key FROM past_group WHERE key > ? ORDER BY key LIMIT ?)',
    from,
    sliceGroups,
  )?.to;
  return to === null || to === undefined ? undefined : { from, to };
}

const looksText = `WITH changed (grp) AS (
  SELECT value FROM json_each(?6)
  UNION SELECT grp FROM past_look WHERE grp > ?4 AND grp <= ?5
    AND ((since > ?1 AND since <= ?2) OR (until >= ?1 AND until < ?2))
)
SELECT g.key, g.id, l.name, ${isIn('l', '?1')}, ${isIn('l', '?2')}
FROM changed CROSS JOIN past_group g ON g.key = changed.grp CROSS JOIN past_look l ON l.grp = g.key
WHERE g.tenant = ?3 AND (${isIn('l', '?1')} OR ${isIn('l', '?2')}) ORDER BY changed.grp`;

const gapsText = `SELECT p.grp, p.state, ${isIn('p', '?1')}, ${isIn('p', '?2')} FROM past_gap p
  WHERE p.tenant = ?3 AND p.grp > ?4 AND p.grp <= ?5 AND (${isIn('p', '?1')} OR ${isIn('p', '?2')})`;

type Look = readonly [grp: number, groupId: string, name: string, isBefore: number, isAfter: number];
type Gap = readonly [grp: number, state: ListingState, isBefore: number, isAfter: number];

/** Groups that changed themselves, that have gaps, and those whose members changed: their keys. In the order of keys. */
export function readChangedGroups(
  sql: Sql,
  { tenant, before, after }: Sides,
  { from, to }: GroupRange,
  withMembers: Iterable<number>,
): readonly ChangedGroup[] {
  const range = [before, after, tenant, from, to] as const;
  const gaps = sql.tuples<Gap>(gapsText, ...range);
  const meant = [...withMembers, ...gaps.map(([grp]) => grp)];
  const groups = new Map<number, Known>();
  for (const [grp, groupId, name, isBefore, isAfter] of sql.tuples<Look>(looksText, ...range, JSON.stringify(meant))) {
    const group: Known = groups.get(grp) ?? { grp, groupId, ...nothingKnown };
    if (isBefore) group.nameBefore = name;
    if (isAfter) group.nameAfter = name;
    groups.set(grp, group);
  }
  for (const [grp, state, isBefore, isAfter] of gaps) {
    const group = groups.get(grp);
    if (group && isBefore) group.stateBefore = state;
    if (group && isAfter) group.stateAfter = state;
  }
  return [...groups.values()];
}

type Known = { -readonly [Name in keyof ChangedGroup]: ChangedGroup[Name] };
const nothingKnown = { nameBefore: null, nameAfter: null, stateBefore: null, stateAfter: null };
