import type { Turns } from '../turns/turns.ts';
import type { Change } from './changes.ts';
import { adminTest } from './planRisks.ts';
import type { PlanWorld } from './planWorld.ts';

/**
 * The same changes, but in each group those first that give access, and those last that take it: when somebody cannot be
 * given it, nobody goes whose place they were to take.
 */
export async function ordered(changes: readonly Change[], world: PlanWorld, turns: Turns): Promise<readonly Change[]> {
  const places = new Map<string, number[]>();
  for (const [index, { tenantId, groupId }] of changes.entries()) {
    if (groupId === undefined) continue;
    const key = JSON.stringify([tenantId, groupId]);
    const same = places.get(key);
    if (same) same.push(index);
    else places.set(key, [index]);
  }
  const result = [...changes];
  for (const indexes of places.values()) {
    const ranked: Record<Rank, Change[]> = { 0: [], 1: [], 2: [] };
    for (const index of indexes) {
      if (turns.isOver()) await turns.next();
      const change = changes[index] as Change;
      ranked[rank(change, world)].push(change);
    }
    const sorted = [...ranked[0], ...ranked[1], ...ranked[2]];
    for (const [at, index] of indexes.entries()) result[index] = sorted[at] as Change;
  }
  return result;
}

type Rank = 0 | 1 | 2;

function rank({ kind, tenantId, groupId = '', after }: Change, world: PlanWorld): Rank {
  if (kind === 'removeMember' || kind === 'deleteGroup') return 2;
  if (kind !== 'changeAccessRight') return 0;
  const place = world.group(tenantId, groupId);
  const isAdmin = place && adminTest(world.tenant(tenantId)?.rules.access, place.group)(after?.accessRight);
  return isAdmin ? 0 : 1;
}
