import type { Group, Member, StoredConnection } from '../model.ts';
import type { WriteRules } from '../provider/writes.ts';
import { createTurns, type Turns } from '../turns/turns.ts';
import type { ChangeKind, ChangePrincipal } from './changes.ts';

/** What is known when a plan is made. Plain data and pure functions. */
export interface PlanWorld {
  tenant(tenantId: string): PlanTenant | undefined;
  group(tenantId: string, groupId: string): PlanGroup | undefined;
  /** Whether an id is a group's rather than a person's. */
  isGroup(tenantId: string, identifier: string): boolean;
  /** Whether a group of the tenant is called so. */
  isNameTaken?(tenantId: string, name: string): boolean;
  /** Whether the account that the tenant is connected with is in a group that is a member; nothing where that is not known. */
  isOwnIn?(tenantId: string, member: Member): boolean | undefined;
}

export interface PlanTenant {
  readonly name: string;
  readonly connection: StoredConnection;
  readonly allowsChanges: boolean;
  /** Whose tokens are used. */
  readonly account?: string;
  readonly accountId?: string;
  readonly capabilities: readonly ChangeKind[];
  readonly rules: WriteRules;
  /** When a change may be asked for again, ISO 8601, where the service wants a pause. */
  readonly notBefore?: Readonly<Partial<Record<ChangeKind, string>>>;
}

export interface PlanGroup {
  readonly group: Group;
  readonly members: PlanMembers;
  /** All of its members are known. */
  readonly isWhole: boolean;
  /** The service lists another group by the same id under another name: what is done to one is done to who knows which. */
  readonly isDoubled?: boolean;
}

/** A group's members, found by any of the ids that a service knows them by. */
export interface PlanMembers {
  readonly all: readonly Member[];
  /** By identifier; where nobody has that, by another id or the e-mail address. */
  find(principal: ChangePrincipal): Member | undefined;
  /** What is said of the principal fits several members, of which the service may take any, or that differ in their right. */
  isAmbiguous(principal: ChangePrincipal): boolean;
}

/** The members of a group; those who are looked up there are found at once. Other work gets its turn meanwhile. */
export async function planMembers(all: readonly Member[]): Promise<PlanMembers> {
  const turns = createTurns();
  const byIdentifier = await membersBy(all, ({ identifier }) => [identifier], turns);
  const byOther = await membersBy(all, otherIdsOf, turns);

  function known(id: string, profileId: string | undefined): readonly (readonly Member[])[] {
    const key = keyOf(id, profileId);
    return [byIdentifier.get(key) ?? [], byOther.get(key) ?? []];
  }

  function fitting({ identifier, email, principalType, profileId }: ChangePrincipal): readonly Member[] {
    const isGroup = principalType === 'group';
    // The identifier is the service's own: who has it is meant, whomever else another id may fit.
    for (const id of [identifier, ...(isGroup || email === undefined ? [] : [email])]) {
      for (const those of known(id, profileId)) {
        const found = those.filter((one) => (one.principalType === 'group') === isGroup);
        if (found.length > 0) return found;
      }
    }
    return [];
  }

  /** Others whom the service may take for a user, where it knows users by their addresses. */
  function namesakes({ identifier, email, principalType }: Member): readonly Member[] {
    if (principalType !== 'user' || email === undefined) return [];
    const isOther = (one: Member) => one.identifier.toLowerCase() !== identifier.toLowerCase();
    return known(email, undefined)
      .flat()
      .filter((one) => one.principalType === 'user' && one.identifier.includes('@') && isOther(one));
  }

  return {
    all,
    find: (principal) => fitting(principal)[0],
    isAmbiguous: (principal) => {
      const [first, ...others] = fitting(principal);
      if (!first) return false;
      const isOther = ({ identifier, accessRight }: Member) =>
        identifier.toLowerCase() !== first.identifier.toLowerCase() || accessRight !== first.accessRight;
      return others.some(isOther) || namesakes(first).length > 0;
    },
  };
}

async function membersBy(
  all: readonly Member[],
  idsOf: (member: Member) => readonly string[],
  turns: Turns,
): Promise<Map<string, Member[]>> {
  const found = new Map<string, Member[]>();
  for (const member of all) {
    if (turns.isOver()) await turns.next();
    for (const key of new Set(idsOf(member).map((id) => keyOf(id, profileIn(member).id)))) {
      const same = found.get(key);
      if (same) same.push(member);
      else found.set(key, [member]);
    }
  }
  return found;
}

/** A member as a change names them. */
export function principalOf(member: Member): ChangePrincipal {
  const { identifier, principalType, name, email, source } = member;
  const { id: profileId, name: profileName } = profileIn(member);
  return {
    identifier,
    principalType,
    name,
    ...(email === undefined ? {} : { email }),
    ...(profileId === undefined ? {} : { profileId, ...(profileName === undefined ? {} : { profileName }) }),
    ...(source === undefined ? {} : { source }),
  };
}

/** Whether a member is the account that the tenant is connected with. */
export function isOwn({ account, accountId }: Pick<PlanTenant, 'account' | 'accountId'>, member: Member): boolean {
  // Microsoft's ids of accounts begin with the object id.
  const own = [account, accountId, accountId?.split('.')[0]].flatMap((id) => (id ? [id.toLowerCase()] : []));
  const ids = [member.identifier, ...otherIdsOf(member)];
  return member.principalType !== 'group' && ids.some((id) => own.includes(id.toLowerCase()));
}

/** By which a service may know the same member beside the identifier. */
function otherIdsOf(member: Member): readonly string[] {
  const { graphId, externalId, userPrincipalName } = member.details;
  const ids = [member.email, graphId, externalId, userPrincipalName];
  return ids.flatMap((id) => (typeof id === 'string' && id !== '' ? [id] : []));
}

function keyOf(id: string, profileId: string | undefined): string {
  return (profileId === undefined ? id : `${id}:${profileId}`).toLowerCase();
}

/** The profile by which an app is a member. */
function profileIn({ details }: Member): { readonly id?: string; readonly name?: string } {
  const { profile } = details;
  if (typeof profile !== 'object' || profile === null) return {};
  const { id, displayName } = profile as { id?: unknown; displayName?: unknown };
  return {
    ...(typeof id === 'string' ? { id } : {}),
    ...(typeof displayName === 'string' && displayName !== '' ? { name: displayName } : {}),
  };
}
