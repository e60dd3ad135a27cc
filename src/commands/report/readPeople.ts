import { cancelled } from '../../core/errors.ts';
import { isGuid } from '../../core/objectId.ts';
import { joinSamePeople } from '../../core/samePerson.ts';
import type { Snapshot, SnapshotPrincipal } from '../../core/snapshot.ts';
import { mapInTurns } from '../../core/turns/mapInTurns.ts';
import type { Turns } from '../../core/turns/turns.ts';
import type { ReadGroup } from './readGroups.ts';

/** Somebody, with all principals who are this one. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** As `ReportPerson.kind`. */
  readonly kind: string;
  /** Places of the groups that this one is. */
  readonly is: readonly number[];
}

export interface ReadPeople {
  readonly people: readonly Person[];
  /** The place of a principal's person. */
  personOf(principal: number): number | undefined;
}

type Known = SnapshotPrincipal & { readonly tenantId: string };

/** Who is kept in the tenants, each once however often. @throws AppError `cancelled` */
export async function readPeople(
  snapshot: Snapshot,
  tenantIds: readonly string[],
  groups: readonly ReadGroup[],
  turns: Turns,
  signal: AbortSignal,
): Promise<ReadPeople> {
  const same = joinSamePeople<Known>(({ tenantId, ownId }) => JSON.stringify([tenantId, ownId]));
  for (const tenantId of tenantIds) {
    for (const principal of snapshot.principals(tenantId)) {
      same.add({ ...principal, tenantId });
      if (!turns.isOver()) continue;
      if (signal.aborted) throw cancelled();
      await turns.next();
    }
  }
  const groupsOf = await createGroupsOf(groups, turns);
  const places = new Map<number, number>();
  const toPerson = (all: readonly Known[], place: number): Person => {
    for (const { key } of all) places.set(key, place);
    return personOf(all, groupsOf);
  };
  const people = await mapInTurns(same.sets(), toPerson, turns);
  return { people, personOf: (principal) => places.get(principal) };
}

function personOf(all: readonly Known[], groupsOf: (one: Known) => readonly number[]): Person {
  const [first] = all;
  // Who is a guest somewhere is looked at as one: that is what a reader must not miss.
  const isGuest = all.some((one) => one.isGuest);
  const kind = first?.principalType ?? 'unknown';
  return {
    name: first?.name ?? '',
    email: all.find(({ email }) => email !== undefined)?.email ?? '',
    kind: kind === 'user' && isGuest ? 'guest' : kind,
    is: kind === 'group' ? [...new Set(all.flatMap(groupsOf))] : [],
  };
}

/** As which groups a group in a group is known: by its id in its own tenant, by the id of a directory's object anywhere. */
async function createGroupsOf(groups: readonly ReadGroup[], turns: Turns): Promise<(one: Known) => readonly number[]> {
  const byId = new Map<string, { readonly place: number; readonly tenantId: string }[]>();
  for (const [place, { serviceId, tenantId }] of groups.entries()) {
    const id = serviceId.toLowerCase();
    byId.set(id, [...(byId.get(id) ?? []), { place, tenantId }]);
    if (turns.isOver()) await turns.next();
  }
  return ({ objectId, tenantId }) => {
    if (objectId === undefined) return [];
    const known = byId.get(objectId) ?? [];
    return known.filter((one) => one.tenantId === tenantId || isGuid(objectId)).map(({ place }) => place);
  };
}
