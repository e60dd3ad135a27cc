import { cancelled } from '../errors.ts';
import { joinSamePeople } from '../samePerson.ts';
import type { StoreReads } from '../store.ts';
import { sortKey } from '../text/text.ts';
import { sortInTurns } from '../turns/sortInTurns.ts';
import type { Turns } from '../turns/turns.ts';
import type { FoundMember, WithinGap } from './found.ts';
import type { EffectiveMember, Way, WithinGroup } from './result.ts';
import type { GroupTarget } from './subject.ts';
import { shorterFirst } from './ways.ts';

/**
 * Everyone who has access to a group, directly or through nested groups; nothing where the group is not there.
 * @throws AppError `cancelled`
 */
export async function readWithin(
  reader: StoreReads,
  { tenantId, groupId }: GroupTarget,
  turns: Turns,
  signal: AbortSignal,
): Promise<WithinGroup | undefined> {
  const people = joinSamePeople<FoundMember>(({ principal }) => String(principal));
  const gaps = new Map<string, WithinGap>();
  let isThere = false;
  let isCut = false;
  for await (const slice of reader.within(tenantId, groupId)) {
    if (signal.aborted) throw cancelled();
    isThere = true;
    for (const member of slice.members) people.add(member);
    for (const gap of slice.gaps ?? []) gaps.set(JSON.stringify([gap.known ?? null, gap.id]), gap);
    isCut ||= slice.isCut === true;
  }
  if (!isThere) return undefined;
  const members: EffectiveMember[] = [];
  for (const same of people.sets()) {
    members.push(effectiveMember(same));
    if (turns.isOver()) await turns.next();
    if (signal.aborted) throw cancelled();
  }
  const { asOf } = reader.completeness({ list: 'members', tenantId, groupId });
  const sorted = await sortInTurns(members, ({ name }) => sortKey(name), turns);
  return { members: sorted, gaps: [...gaps.values()], isCut, ...(asOf === undefined ? {} : { asOf }) };
}

function effectiveMember(same: readonly FoundMember[]): EffectiveMember {
  const first = same.reduce((best, one) => (one.path.length < best.path.length ? one : best));
  const ways = new Map<string, Way>();
  for (const { accessRight: right, path, passed, principal } of same) {
    const way = right === undefined ? { principal, path, passed } : { principal, right, path, passed };
    ways.set(JSON.stringify([right ?? null, passed]), way);
  }
  const { name, principalType, tenantId, groupId, memberId, principal, source } = first;
  const email = same.find((one) => one.email !== undefined)?.email;
  const objectId = same.find((one) => one.objectId !== undefined)?.objectId;
  return {
    key: objectId ?? `${principal}`,
    name,
    principalType,
    tenantId,
    groupId,
    memberId,
    isGuest: same.some((one) => one.isGuest),
    ways: [...ways.values()].sort(shorterFirst),
    ...(source === undefined ? {} : { source }),
    ...(email === undefined ? {} : { email }),
    ...(objectId === undefined ? {} : { objectId }),
  };
}
