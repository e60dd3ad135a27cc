import type { ChangeKind, ChangePrincipal } from './changes.ts';
import type { Group, Member, StoredConnection } from './model.ts';
import type { WriteRules } from './writes.ts';

/** What is known when a plan is made. Plain data and pure functions. */
export interface PlanWorld {
  tenant(tenantId: string): PlanTenant | undefined;
  group(tenantId: string, groupId: string): PlanGroup | undefined;
  /** Whether an id is a group's rather than a person's. */
  isGroup(tenantId: string, identifier: string): boolean;
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
}

/** A group's members, found by any of the ids that a service knows them by. */
export interface PlanMembers {
  readonly all: readonly Member[];
  find(principal: ChangePrincipal): Member | undefined;
}

export function planMembers(all: readonly Member[]): PlanMembers {
  let byId: Map<string, Member> | undefined;
  return {
    all,
    find: ({ identifier, email, principalType, profileId }) => {
      byId ??= new Map(all.toReversed().flatMap((member) => idsOf(member).map((id) => [id, member] as const)));
      const isGroup = principalType === 'group';
      for (const id of [identifier, ...(isGroup || email === undefined ? [] : [email])]) {
        const found = byId.get(keyOf(id, profileId));
        if (found && (found.principalType === 'group') === isGroup) return found;
      }
      return undefined;
    },
  };
}

/** A member as a change names them. */
export function principalOf(member: Member): ChangePrincipal {
  const { identifier, principalType, name, email, source } = member;
  const profileId = profileOf(member);
  return {
    identifier,
    principalType,
    name,
    ...(email === undefined ? {} : { email }),
    ...(profileId === undefined ? {} : { profileId }),
    ...(source === undefined ? {} : { source }),
  };
}

/** Whether a member is the account that the tenant is connected with. */
export function isOwn({ account, accountId }: Pick<PlanTenant, 'account' | 'accountId'>, member: Member): boolean {
  // Microsoft's ids of accounts begin with the object id.
  const own = [account, accountId, accountId?.split('.')[0]].flatMap((id) => (id ? [id.toLowerCase()] : []));
  return member.principalType !== 'group' && idsOf(member).some((id) => own.includes(id));
}

/** By which a service may know the same member. */
function idsOf(member: Member): string[] {
  const { graphId, externalId, userPrincipalName } = member.details;
  const profileId = profileOf(member);
  const ids = [member.identifier, member.email, graphId, externalId, userPrincipalName];
  return ids.flatMap((id) => (typeof id === 'string' && id !== '' ? [keyOf(id, profileId)] : []));
}

function keyOf(id: string, profileId: string | undefined): string {
  return (profileId === undefined ? id : `${id}:${profileId}`).toLowerCase();
}

function profileOf({ details }: Member): string | undefined {
  const { profile } = details;
  const id = typeof profile === 'object' && profile !== null ? (profile as { id?: unknown }).id : undefined;
  return typeof id === 'string' ? id : undefined;
}
