import { guidOf, indexedGuid, indexOfGuid } from '../guid.ts';
import type { AccessRight, PowerBITenant, Workspace, WorkspaceMember } from '../powerbi/tenant.ts';
import type { TenantIdentity } from '../tenantIdentity.ts';
import type { Deal } from './deal.ts';
import { generatedPerson, groupSpace } from './person.ts';
import { computedRows, remembered } from './rows.ts';

const RIGHTS: readonly AccessRight[] = ['Admin', 'Member', 'Contributor', 'Viewer'];

/** A Power BI tenant of any size. */
export function generatedPowerBITenant(
  identity: TenantIdentity,
  size: { groups: number; scope: 'member' | 'admin'; seed: number; isMixed: boolean },
  deal: Deal,
): PowerBITenant {
  const space = groupSpace(size.seed);
  const workspaceAt = (index: number) => (size.isMixed ? mixedWorkspace(space, index) : workspace(space, index));
  const workspaces = computedRows<Workspace>(size.groups, workspaceAt);
  const principal = remembered((index) => principalAt(size.seed, index));
  const indexOf = (id: string): number | undefined => {
    const index = indexOfGuid(space, id);
    return index !== undefined && index < size.groups ? index : undefined;
  };
  return {
    ...identity,
    provider: 'powerbi',
    scope: size.scope,
    workspaces,
    myWorkspaces: size.isMixed ? workspaces.slice(0, size.groups).filter(isMine) : workspaces,
    workspace(id) {
      const index = indexOf(id);
      return index === undefined ? undefined : workspaceAt(index);
    },
    members(workspace) {
      const index = indexOf(workspace.id);
      if (index === undefined || workspace.state === 'Deleted') return [];
      const isOrphaned = size.isMixed && index % 10 === 9;
      return deal.peopleIn(index).map((person, seat) => ({
        groupUserAccessRight: isOrphaned ? 'Viewer' : (RIGHTS[seat % RIGHTS.length] ?? 'Viewer'),
        ...principal(person),
      }));
    },
  };
}

function workspace(space: number, index: number): Workspace {
  return { id: indexedGuid(space, index), name: `Workspace ${index + 1}`, type: 'Workspace', state: 'Active' };
}

/** One of several kinds, of all that an administrator comes across. */
function mixedWorkspace(space: number, index: number): Workspace {
  const capacity = index % 2 === 0 ? { capacityId: guidOf(`capacity/${space}/${(index / 2) % 2}`) } : {};
  const mixed = { ...workspace(space, index), ...capacity };
  if (index % 10 === 7) return { ...mixed, name: `PersonalWorkspace ${index + 1}`, type: 'PersonalGroup' };
  return index % 10 === 8 ? { ...mixed, state: 'Deleted' } : mixed;
}

function isMine({ type, state }: Workspace): boolean {
  return type === 'Workspace' && state === 'Active';
}

/** Mostly users; here and there a guest, a group, an app. */
function principalAt(seed: number, index: number): Omit<WorkspaceMember, 'groupUserAccessRight'> {
  const { id, displayName, email } = generatedPerson(seed, index);
  if (index % 50 === 48) {
    return { identifier: id, displayName: `Group ${index + 1}`, graphId: id, principalType: 'Group' };
  }
  if (index % 50 === 49) return { identifier: id, displayName: `App ${index + 1}`, graphId: id, principalType: 'App' };
  const user = { emailAddress: email, displayName, identifier: email, graphId: id, principalType: 'User' } as const;
  if (index % 50 !== 47) return { ...user, userType: 'Member' };
  return { ...user, identifier: `${email.replace('@', '_')}#EXT#@host.example`, userType: 'Guest' };
}
