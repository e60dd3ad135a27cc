import type { ChangePrincipal, Wish } from './changes.ts';
import type { DirectAccess } from './directAccess.ts';

/** Somebody who is to be copied into a group, as its service knows them, with the right that they have elsewhere. */
export interface Copied {
  readonly principal: ChangePrincipal;
  readonly accessRight?: string;
}

export interface CopyPlace {
  readonly tenantId: string;
  readonly groupId: string;
  /** What its members can have, the strongest first; empty where the service has no rights. */
  readonly rights: readonly string[];
}

/**
 * Adds all of them to a group, each once, with the right that they have elsewhere.
 * @param chosen the right of those whose own the group does not have, or who have several
 * @returns `undecided`: those of whom a right is still to be chosen
 */
export function copyWishes(
  all: readonly Copied[],
  { tenantId, groupId, rights }: CopyPlace,
  chosen?: string,
): { readonly wishes: readonly Wish[]; readonly undecided: readonly ChangePrincipal[] } {
  const byPrincipal = new Map<
    string,
    { readonly principal: ChangePrincipal; readonly held: Set<string | undefined> }
  >();
  for (const { principal, accessRight } of all) {
    const key = keyOf(principal);
    const same = byPrincipal.get(key) ?? { principal, held: new Set() };
    byPrincipal.set(key, same);
    same.held.add(accessRight);
  }
  const wishes: Wish[] = [];
  const undecided: ChangePrincipal[] = [];
  for (const { principal, held } of byPrincipal.values()) {
    const [first] = held;
    const own = held.size === 1 && first !== undefined && rights.includes(first) ? first : chosen;
    if (rights.length > 0 && own === undefined) undecided.push(principal);
    else wishes.push(addition({ tenantId, groupId }, principal, rights.length > 0 ? own : undefined));
  }
  return { wishes, undecided };
}

/**
 * Gives somebody what another one has: of several rights in one group the strongest.
 * @param receiver as a tenant's service knows them; nothing where it does not
 * @param rightsOf what members of a group can have, the strongest first
 */
export function sameAccessWishes(
  given: readonly DirectAccess[],
  receiver: (tenantId: string) => ChangePrincipal | undefined,
  rightsOf: (group: DirectAccess) => readonly string[],
): readonly Wish[] {
  const strongest = new Map<string, DirectAccess>();
  for (const one of given) {
    const key = JSON.stringify([one.tenantId, one.groupId]);
    const held = strongest.get(key);
    if (!held || isStronger(one.accessRight, held.accessRight, rightsOf(one))) strongest.set(key, one);
  }
  return [...strongest.values()].flatMap((one): readonly Wish[] => {
    const principal = receiver(one.tenantId);
    return principal ? [addition(one, principal, one.accessRight)] : [];
  });
}

/** Takes away all memberships of somebody's own. */
export function removalWishes(held: readonly DirectAccess[]): readonly Wish[] {
  const wishes = held.map(
    ({ tenantId, groupId, principal }): Wish => ({ kind: 'removeMember', tenantId, groupId, principal }),
  );
  return [...new Map(wishes.map((wish) => [JSON.stringify(wish), wish])).values()];
}

/** Whether a right is more than another one; of rights that are not in the list nobody knows. @param rights the strongest first */
export function isStronger(right: string | undefined, than: string | undefined, rights: readonly string[]): boolean {
  const [one, other] = [rights.indexOf(right ?? ''), rights.indexOf(than ?? '')];
  return one >= 0 && other >= 0 && one < other;
}

function addition(
  { tenantId, groupId }: Pick<CopyPlace, 'tenantId' | 'groupId'>,
  principal: ChangePrincipal,
  accessRight: string | undefined,
): Wish {
  const right = accessRight === undefined ? {} : { accessRight };
  return { kind: 'addMember', tenantId, groupId, principal, ...right };
}

function keyOf({ principalType, identifier, profileId }: ChangePrincipal): string {
  return JSON.stringify([principalType === 'group', identifier.toLowerCase(), profileId]);
}
