import type { Member } from '../model.ts';
import type { StoreReader } from '../store.ts';
import { createTurns } from '../turns/turns.ts';
import { type PlanMembers, planMembers } from './planWorld.ts';

const minute = 60_000;

/** Of more groups than this, what was read within an hour is good enough: services allow only so many requests. */
const manyGroups = 100;

/** When members of so many groups must have been read to be planned with. In milliseconds, as `Date.now`. */
export function oldestToPlanWith(groups: number): number {
  return Date.now() - (groups > manyGroups ? 60 : 1) * minute;
}

/** All members of a group that are held; other work gets its turn between the pages. */
export async function heldMembers(reader: StoreReader, tenantId: string, groupId: string): Promise<PlanMembers> {
  const limit = 2000;
  const all: Member[] = [];
  const turns = createTurns();
  for (let offset = 0; ; offset += limit) {
    const page = reader.membersAsSent(tenantId, groupId, { offset, limit });
    all.push(...page);
    if (turns.isOver()) await turns.next();
    if (page.length < limit) return planMembers(all);
  }
}
