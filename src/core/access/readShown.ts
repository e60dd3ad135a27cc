import type { StoreReads } from '../store.ts';
import { createTurns } from '../turns/turns.ts';
import { type Comparison, compareMembers, compareReached } from './compare.ts';
import { readAccess } from './readAccess.ts';
import type { AccessResult, EffectiveMember, ReachedGroup } from './result.ts';
import type { GroupTarget, Subject } from './subject.ts';
import type { IsAdminRight } from './ways.ts';

/** The access of one, or of two and how they differ. */
export interface Shown {
  readonly results: readonly AccessResult[];
  /** Of two. */
  readonly reached?: Comparison<ReachedGroup>;
  /** Of two groups whose members are known. */
  readonly members?: Comparison<EffectiveMember>;
}

/** @throws AppError `cancelled` */
export async function readShown(
  reader: StoreReads,
  subjects: readonly Subject[],
  signal: AbortSignal,
  isAdmin?: IsAdminRight,
): Promise<Shown> {
  const results: AccessResult[] = [];
  for (const subject of subjects) results.push(await readAccess(reader, subject, signal, isAdmin));
  const [one, other] = results;
  if (!one || !other) return { results };
  const turns = createTurns();
  const reached = await compareReached(one, other, turns);
  if (!one.within || !other.within) return { results, reached };
  return { results, reached, members: await compareMembers(one.within.members, other.within.members, turns) };
}

/** Whether somebody may have access to a group though nobody knows of it; asks each group once. */
export function createDoubts(reader: StoreReads): (group: GroupTarget, result: AccessResult) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return async ({ tenantId, groupId }, { isCut }) => {
    const key = JSON.stringify([tenantId, groupId]);
    const hides = known.get(key) ?? hidesMembers(reader, { tenantId, groupId });
    known.set(key, hides);
    return isCut || hides;
  };
}

/** Of those who get into a group the same. */
export function mayHideMembers({ within }: AccessResult): boolean {
  return within === undefined || within.gaps.length > 0 || within.isCut;
}

async function hidesMembers(reader: StoreReads, { tenantId, groupId }: GroupTarget): Promise<boolean> {
  let isThere = false;
  for await (const { gaps = [], isCut } of reader.within(tenantId, groupId, { gapsOnly: true })) {
    if (gaps.length > 0 || isCut) return true;
    isThere = true;
  }
  return !isThere;
}
