import type { DirectoryGroup, DirectoryObject, EntraTenant } from '../entra/tenant.ts';
import { guidOf, indexedGuid, indexOfGuid } from '../guid.ts';
import type { TenantIdentity } from '../tenantIdentity.ts';
import type { Deal } from './deal.ts';
import { generatedPerson, groupSpace } from './person.ts';
import { computedRows, remembered } from './rows.ts';

/** An Entra directory of any size. */
export function generatedEntraTenant(
  identity: TenantIdentity,
  size: { groups: number; seed: number; groupsPerGroup: number },
  deal: Deal,
): EntraTenant {
  const space = groupSpace(size.seed);
  const member = remembered((index) => memberAt(size.seed, index));
  const indexOf = (id: string): number | undefined => {
    const index = indexOfGuid(space, id);
    return index !== undefined && index < size.groups ? index : undefined;
  };
  /** The groups are a tree: each holds the next ones that are in none yet. */
  const groupsIn = (index: number): DirectoryObject[] =>
    Array.from({ length: size.groupsPerGroup }, (_, place) => index * size.groupsPerGroup + place + 1)
      .filter((inner) => inner < size.groups)
      .map((inner) => ({ '@odata.type': '#microsoft.graph.group', ...groupAt(space, inner) }));
  return {
    ...identity,
    provider: 'entra',
    directoryId: guidOf(`directory/${identity.path}`),
    groups: computedRows(size.groups, (index) => groupAt(space, index)),
    group(id) {
      const index = indexOf(id);
      return index === undefined ? undefined : groupAt(space, index);
    },
    members(group) {
      const index = indexOf(group.id);
      return index === undefined ? [] : [...deal.peopleIn(index).map(member), ...groupsIn(index)];
    },
  };
}

function groupAt(space: number, index: number): DirectoryGroup {
  return {
    id: indexedGuid(space, index),
    displayName: `Group ${index + 1}`,
    description: null,
    mail: null,
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
    visibility: null,
    createdDateTime: '2024-01-01T00:00:00Z',
  };
}

/** Mostly users; here and there a guest, an app. */
function memberAt(seed: number, index: number): DirectoryObject {
  const { id, displayName, email } = generatedPerson(seed, index);
  if (index % 50 === 49) {
    const names = { displayName: `App ${index + 1}`, appId: id, servicePrincipalType: 'Application' };
    return { '@odata.type': '#microsoft.graph.servicePrincipal', id, ...names };
  }
  const user = { '@odata.type': '#microsoft.graph.user', id, displayName, mail: email } as const;
  return index % 50 === 47
    ? { ...user, userPrincipalName: `${email.replace('@', '_')}#EXT#@host.example`, userType: 'Guest' }
    : { ...user, userPrincipalName: email, userType: 'Member' };
}
