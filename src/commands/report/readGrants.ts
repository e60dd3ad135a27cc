import { cancelled } from '../../core/errors.ts';
import type { AccessModel } from '../../core/findings/findings.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { Turns } from '../../core/turns/turns.ts';
import type { ReadGroup } from './readGroups.ts';
import type { ReadPeople } from './readPeople.ts';
import { type Right, rightOf, strongerFirst } from './rights.ts';

export interface ReadGrants {
  /** The strongest first. */
  readonly rights: readonly Right[];
  /** A person's direct grants: group, right, group, right …; by the person's place. */
  readonly cells: readonly (readonly number[])[];
  /** The members' ids of the same grants. */
  readonly memberIds: readonly (readonly string[])[];
}

/** Who has which right in which group; not those with the right `None`. @throws AppError `cancelled` */
export async function readGrants(
  snapshot: Snapshot,
  tenants: readonly TenantRecord[],
  groups: readonly ReadGroup[],
  { people, personOf }: ReadPeople,
  models: Readonly<Record<string, AccessModel>>,
  turns: Turns,
  signal: AbortSignal,
): Promise<ReadGrants> {
  const cells: number[][] = people.map(() => []);
  const memberIds: string[][] = people.map(() => []);
  const rights: Right[] = [];
  const byName = new Map<string, number>();
  const modelOf = ({ provider }: TenantRecord) => (Object.hasOwn(models, provider) ? models[provider] : undefined);

  function placeOf(tenant: TenantRecord, name: string | undefined): number {
    const right = rightOf(name, modelOf(tenant));
    // What one service means by a word, another may not.
    const mark = `${right.level} ${right.name}`;
    const known = byName.get(mark);
    if (known !== undefined) return known;
    byName.set(mark, rights.length);
    return rights.push(right) - 1;
  }

  let group = 0;
  for (const tenant of tenants) {
    const places = new Map<string | undefined, number>();
    for (const { groupId, memberId, principal, accessRight } of snapshot.memberships(tenant.id)) {
      // Both come in one order.
      while (groups[group]?.id !== groupId || groups[group]?.tenantId !== tenant.id) {
        group++;
        if (group >= groups.length) throw new Error('The groups are not in one order.');
      }
      const person = personOf(principal);
      if (accessRight !== 'None' && person !== undefined) {
        const right = places.get(accessRight) ?? placeOf(tenant, accessRight);
        places.set(accessRight, right);
        cells[person]?.push(group, right);
        memberIds[person]?.push(memberId);
      }
      if (!turns.isOver()) continue;
      if (signal.aborted) throw cancelled();
      await turns.next();
    }
  }
  const sorted = rights.toSorted(strongerFirst(Object.values(models)));
  const moved = rights.map((right) => sorted.indexOf(right));
  for (const own of cells) for (let i = 1; i < own.length; i += 2) own[i] = moved[own[i] ?? 0] ?? 0;
  return { rights: sorted, cells, memberIds };
}
