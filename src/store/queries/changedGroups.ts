import type { ListingState } from '../../core/model.ts';
import type { Sql } from '../sql.ts';
import { isIn, type Sides } from './sides.ts';

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
  /** Whether there are members that came since the one, or that left before the other. */
  readonly hasCome: number;
  readonly hasLeft: number;
}

const name = (side: string): string => `(SELECT l.name FROM past_look l WHERE l.grp = g.key AND ${isIn('l', side)})`;
const state = (side: string): string =>
  `(SELECT p.state FROM past_gap p WHERE p.tenant = ?3 AND p.grp = g.key AND ${isIn('p', side)})`;

// Keys count up over all tenants together. By the key: the other index would be sorted for every slice.
const groupsText = `SELECT * FROM (
  SELECT g.key AS grp, g.id AS groupId, ${name('?1')} AS nameBefore, ${name('?2')} AS nameAfter,
    ${state('?1')} AS stateBefore, ${state('?2')} AS stateAfter,
    EXISTS (SELECT 1 FROM past_member m INDEXED BY past_member_came
      WHERE m.grp = g.key AND m.since > ?1 AND m.since <= ?2 AND m.since > 0) AS hasCome,
    EXISTS (SELECT 1 FROM past_member m INDEXED BY past_member_left
      WHERE m.grp = g.key AND m.until >= ?1 AND m.until < ?2 AND m.until IS NOT NULL) AS hasLeft
  FROM past_group g NOT INDEXED WHERE g.key > ?4 AND g.key <= ?5 AND g.tenant = ?3)
WHERE coalesce(nameBefore, nameAfter) IS NOT NULL
  AND (hasCome OR hasLeft OR nameBefore IS NOT nameAfter OR coalesce(stateBefore, stateAfter) IS NOT NULL)
ORDER BY grp`;

export function* changedGroups(
  sql: Sql,
  { tenant, before, after }: Sides,
): Generator<readonly ChangedGroup[], undefined> {
  for (let from = 0; ; ) {
    const { to } = sql.get<{ to: number | null }>(
      'SELECT max(key) AS "to" FROM (SELECT key FROM past_group WHERE key > ? ORDER BY key LIMIT ?)',
      from,
      sliceGroups,
    ) ?? { to: null };
    if (to === null) return;
    yield sql.all<ChangedGroup>(groupsText, before, after, tenant, from, to);
    from = to;
  }
}
