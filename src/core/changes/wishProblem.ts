import { emailIn } from '../text/emailIn.ts';
import type { PlanProblem, Wish } from './changes.ts';
import type { PlanGroup, PlanTenant, PlanWorld } from './planWorld.ts';

type Problem = Omit<PlanProblem, 'wish'>;

/** A wish, or a change, of a membership. */
export function isOfMember({ kind }: Pick<Wish, 'kind'>): boolean {
  return kind === 'addMember' || kind === 'changeAccessRight' || kind === 'removeMember';
}

/** A wish about a group that is there. */
export function isOfGroup({ kind }: Pick<Wish, 'kind'>): boolean {
  return kind !== 'createGroup' && kind !== 'refreshUserPermissions';
}

/** Why a wish cannot be fulfilled, whatever else is wished for. */
export function wishProblem(
  wish: Wish,
  tenant: PlanTenant | undefined,
  place: PlanGroup | undefined,
  world: PlanWorld,
): Problem | undefined {
  if (!tenant) return { code: 'noTenant' };
  if (!tenant.allowsChanges) return { code: 'readOnly' };
  if (!tenant.capabilities.includes(wish.kind)) return { code: 'notOffered' };
  const again = tenant.notBefore?.[wish.kind];
  if (again !== undefined) return { code: 'tooSoon', values: [again] };
  if (isOfGroup(wish) && !place) return { code: 'noGroup' };
  if (place?.isDoubled) return { code: 'ambiguousGroup' };
  const { rules, connection } = tenant;
  return (
    (isOfMember(wish) && place ? memberProblem(wish, tenant, place, world) : groupProblem(wish)) ??
    coded(rules.problem(wish, place?.group, connection))
  );
}

function memberProblem(wish: Wish, { rules }: PlanTenant, place: PlanGroup, world: PlanWorld): Problem | undefined {
  const { principal, kind } = wish;
  if (!principal || principal.identifier.trim() === '') return { code: 'noPrincipal' };
  const { identifier, principalType } = principal;
  const isThere = place.members.find(principal) !== undefined;
  if (principalType !== 'group' && !isThere && world.isGroup(wish.tenantId, identifier)) return { code: 'isGroup' };
  if (place.members.isAmbiguous(principal)) return { code: 'ambiguous' };
  if (kind === 'removeMember') return undefined;
  if (!isThere && !rules.principalTypes.includes(principalType))
    return { code: 'principalType', values: rules.principalTypes };
  return rightProblem(wish, rules.rights(place.group));
}

function rightProblem({ accessRight }: Wish, rights: readonly string[]): Problem | undefined {
  if (rights.length === 0) return accessRight === undefined ? undefined : { code: 'needlessRight' };
  if (accessRight === undefined) return { code: 'noRight', values: rights };
  return rights.includes(accessRight) ? undefined : { code: 'unknownRight', values: rights };
}

function groupProblem({ kind, name, owner }: Wish): Problem | undefined {
  const isNamed = name !== undefined && name.trim() !== '';
  if ((kind === 'createGroup' || kind === 'renameGroup') && !isNamed) return { code: 'noName' };
  if (kind === 'restoreGroup' && emailIn(owner ?? '') === undefined) return { code: 'badOwner' };
  return undefined;
}

function coded(code: PlanProblem['code'] | undefined): Problem | undefined {
  return code === undefined ? undefined : { code };
}
