import type { Change } from './changes.ts';
import { adminTest } from './planRisks.ts';
import type { PlanWorld } from './planWorld.ts';

/**
 * The same changes, but in each group those first that give access, and those last that take it: when somebody cannot be
 * given it, nobody goes whose place they were to take.
 */
export function ordered(changes: readonly Change[], world: PlanWorld): readonly Change[] {
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
    const own = indexes.flatMap((index) => changes[index] ?? []);
    const sorted = own.toSorted((one, other) => rank(one, world) - rank(other, world));
    for (const [at, index] of indexes.entries()) result[index] = sorted[at] ?? (result[index] as Change);
  }
  return result;
}

function rank({ kind, tenantId, groupId = '', after }: Change, world: PlanWorld): number {
  if (kind === 'removeMember' || kind === 'deleteGroup') return 2;
  if (kind !== 'changeAccessRight') return 0;
  const place = world.group(tenantId, groupId);
  const isAdmin = place && adminTest(world.tenant(tenantId)?.rules.access, place.group)(after?.accessRight);
  return isAdmin ? 0 : 1;
}
