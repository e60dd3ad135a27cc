import { joinSamePeople } from '../samePerson.ts';
import type { Turns } from '../turns/turns.ts';
import type { AccessResult, EffectiveMember, ReachedGroup, Way } from './result.ts';
import { rightsOf, shorterFirst } from './ways.ts';

/** What is compared: a group that is reached, or somebody who gets into both groups. */
export type Compared = ReachedGroup | EffectiveMember;

/** One thing as both have it; absent where one of them is not known to have it. */
export interface ComparedItem<T extends Compared> {
  readonly one?: T;
  readonly other?: T;
}

export interface Comparison<T extends Compared> {
  readonly onlyOne: readonly ComparedItem<T>[];
  readonly onlyOther: readonly ComparedItem<T>[];
  /** Both have it, with other rights. */
  readonly differing: readonly ComparedItem<T>[];
  readonly alike: readonly ComparedItem<T>[];
}

/** What two reach, tenant by tenant. */
export function compareReached(
  one: AccessResult,
  other: AccessResult,
  turns: Turns,
): Promise<Comparison<ReachedGroup>> {
  const keyOf = ({ tenantId, groupId }: ReachedGroup) => JSON.stringify([tenantId, groupId]);
  const groupsOf = ({ tenants }: AccessResult) => tenants.flatMap(({ groups }) => groups);
  return compare(groupsOf(one), groupsOf(other), keyOf, turns);
}

/** Who gets into two groups. */
export async function compareMembers(
  one: readonly EffectiveMember[],
  other: readonly EffectiveMember[],
  turns: Turns,
): Promise<Comparison<EffectiveMember>> {
  const people = joinSamePeople<EffectiveMember>(({ key }) => key);
  for (const member of [...one, ...other]) {
    people.add(member);
    if (turns.isOver()) await turns.next();
  }
  const keys = new Map<EffectiveMember, string>();
  let sets = 0;
  for (const same of people.sets()) {
    sets++;
    for (const member of same) keys.set(member, `${sets}`);
    if (turns.isOver()) await turns.next();
  }
  return compare(one, other, (member) => keys.get(member) ?? '', turns);
}

async function compare<T extends Compared>(
  ones: readonly T[],
  others: readonly T[],
  keyOf: (item: T) => string,
  turns: Turns,
): Promise<Comparison<T>> {
  const rest = await byKey(others, keyOf, turns);
  const onlyOne: ComparedItem<T>[] = [];
  const differing: ComparedItem<T>[] = [];
  const alike: ComparedItem<T>[] = [];
  for (const [key, one] of await byKey(ones, keyOf, turns)) {
    const other = rest.get(key);
    rest.delete(key);
    if (!other) onlyOne.push({ one });
    else (haveSameRights(one.ways, other.ways) ? alike : differing).push({ one, other });
    if (turns.isOver()) await turns.next();
  }
  const onlyOther = [...rest.values()].map((other) => ({ other }));
  return { onlyOne, onlyOther, differing, alike };
}

/** Two rows of one side are one, if the other side tells that they are the same. */
async function byKey<T extends Compared>(
  items: readonly T[],
  keyOf: (item: T) => string,
  turns: Turns,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    const held = found.get(key);
    found.set(key, held ? { ...held, ways: allWays(held.ways, item.ways) } : item);
    if (turns.isOver()) await turns.next();
  }
  return found;
}

function allWays(ways: readonly Way[], others: readonly Way[]): readonly Way[] {
  const all = new Map<string, Way>();
  for (const way of [...others, ...ways]) all.set(JSON.stringify([way.right ?? null, way.passed]), way);
  return [...all.values()].sort(shorterFirst);
}

function haveSameRights(ways: readonly Way[], others: readonly Way[]): boolean {
  return JSON.stringify(rightsOf(ways).toSorted()) === JSON.stringify(rightsOf(others).toSorted());
}
