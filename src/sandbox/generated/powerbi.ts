import { indexedGuid, indexOfGuid } from '../guid.ts';
import type { AccessRight, PowerBITenant, Workspace, WorkspaceMember } from '../powerbi/tenant.ts';
import type { TenantIdentity } from '../tenantIdentity.ts';
import type { Deal } from './deal.ts';
import { generatedPerson, groupSpace } from './person.ts';
import { computedRows, remembered } from './rows.ts';

const RIGHTS: readonly AccessRight[] = ['Admin', 'Member', 'Contributor', 'Viewer'];

/** A Power BI tenant of any size. */
export function generatedPowerBITenant(
  identity: TenantIdentity,
  size: { groups: number; scope: 'member' | 'admin'; seed: number },
  deal: Deal,
): PowerBITenant {
  const space = groupSpace(size.seed);
  const workspaces = computedRows<Workspace>(size.groups, (index) => workspaceAt(space, index));
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
    myWorkspaces: workspaces,
    workspace(id) {
      const index = indexOf(id);
      return index === undefined ? undefined : workspaceAt(space, index);
    },
    members(workspace) {
      const index = indexOf(workspace.id);
      if (index === undefined) return [];
      return deal.peopleIn(index).map((person, seat) => ({
        groupUserAccessRight: RIGHTS[seat % RIGHTS.length] ?? 'Viewer',
        ...principal(person),
      }));
    },
  };
}

function workspaceAt(space: number, index: number): Workspace {
  return { id: indexedGuid(space, index), name: `Workspace ${index + 1}`, type: 'Workspace', state: 'Active' };
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
