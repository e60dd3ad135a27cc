import { guidOf, indexedGuid, indexOfGuid } from '../guid.ts';
import type { TenantIdentity } from '../tenantIdentity.ts';
import type {
  EmbeddedMembers,
  IdentityGroup,
  IdentityMember,
  IdentityUser,
  RobotAccount,
  UiPathTenant,
} from '../uipath/tenant.ts';
import type { Deal } from './deal.ts';
import { generatedPerson, groupSpace, personId } from './person.ts';
import { computedRows, remembered } from './rows.ts';

const CREATED = '2024-01-01T00:00:00.0000000';

/** A UiPath organization of any size. The last tenth of its people are robot accounts. */
export function generatedUiPathTenant(
  identity: TenantIdentity,
  size: { groups: number; people: number; seed: number; embeddedMembers: EmbeddedMembers },
  deal: Deal,
): UiPathTenant {
  const { seed } = size;
  const space = groupSpace(seed);
  const humans = size.people - Math.floor(size.people / 10);
  const member = remembered((index) => (index < humans ? userMember(seed, index) : robotMember(seed, index)));
  const groupIds = (index: number) => {
    const ids = deal.groupsOf(index).map((group) => indexedGuid(space, group));
    return ids.length === 0 ? null : ids;
  };
  const indexOf = (id: string): number | undefined => {
    const index = indexOfGuid(space, id);
    return index !== undefined && index < size.groups ? index : undefined;
  };
  return {
    ...identity,
    provider: 'uipath',
    organization: `${identity.path}-org`,
    partitionGlobalId: guidOf(`partition/${identity.path}`),
    embeddedMembers: size.embeddedMembers,
    hasMembersRoute: true,
    groups: computedRows(size.groups, (index) => groupAt(space, index)),
    users: computedRows(humans, (index) => userAt(seed, index, groupIds(index))),
    robotAccounts: computedRows(size.people - humans, (index) =>
      robotAt(seed, humans + index, groupIds(humans + index)),
    ),
    group(id) {
      const index = indexOf(id);
      return index === undefined ? undefined : groupAt(space, index);
    },
    members(group) {
      const index = indexOf(group.id);
      return index === undefined ? [] : deal.peopleIn(index).map(member);
    },
  };
}

function groupAt(space: number, index: number): IdentityGroup {
  const name = `Group ${index + 1}`;
  const times = { creationTime: CREATED, lastModificationTime: CREATED };
  return { id: indexedGuid(space, index), name, displayName: name, type: 1, ...times };
}

function userMember(seed: number, index: number): IdentityMember {
  const { id, givenName, familyName, displayName, email } = generatedPerson(seed, index);
  const names = { name: email, displayName, email, firstName: givenName, lastName: familyName };
  return { objectType: 'DirectoryUser', source: 'local', identifier: id, ...names };
}

function robotMember(seed: number, index: number): IdentityMember {
  const names = { name: `robot-${index + 1}`, displayName: `Robot ${index + 1}`, email: null };
  return { objectType: 'DirectoryRobotUser', source: 'local', identifier: personId(seed, index), ...names };
}

function userAt(seed: number, index: number, groupIDs: readonly string[] | null): IdentityUser {
  const { id, givenName, familyName, displayName, email } = generatedPerson(seed, index);
  return {
    id,
    userName: email,
    email,
    emailConfirmed: true,
    name: givenName,
    surname: familyName,
    displayName,
    creationTime: CREATED,
    lastModificationTime: null,
    lastLoginTime: null,
    groupIDs,
    legacyId: index + 1,
    isActive: true,
    bypassBasicAuthRestriction: false,
    type: 0,
    invitationAccepted: true,
    category: 0,
  };
}

function robotAt(seed: number, index: number, groupIds: readonly string[] | null): RobotAccount {
  const { name, displayName, identifier } = robotMember(seed, index);
  return { id: identifier, name, displayName, creationTime: CREATED, lastLoginTime: null, groupIds };
}
