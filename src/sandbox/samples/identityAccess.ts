import { guidOf } from '../guid.ts';
import type { IdentityGroupDescription, IdentityMember, IdentityUser, RobotAccount } from '../uipath/tenant.ts';
import type { Person } from './person.ts';

const FOUNDED = Date.UTC(2021, 9, 13, 18, 37, 26);
const DAY = 24 * 60 * 60 * 1000;

/** Some day of the organization's life; the service sends times without a zone. */
export function dayOfLife(day: number): string {
  return new Date(FOUNDED + day * DAY).toISOString().replace('Z', '');
}

/** A person, from the organization's own list or from the company's directory. */
export function identityUser(person: Person, source: 'local' | 'aad'): IdentityMember {
  return {
    objectType: 'DirectoryUser',
    firstName: person.givenName,
    lastName: person.familyName,
    jobTitle: null,
    companyName: null,
    city: null,
    department: null,
    displayName: person.displayName,
    source,
    identifier: person.id,
    name: person.email,
    email: person.email,
  };
}

/** A group of the company's directory, nested in a group of the organization. */
export function directoryGroup(displayName: string): IdentityMember {
  const identifier = guidOf(`securityGroup/${displayName}`);
  return { objectType: 'DirectoryGroup', source: 'aad', identifier, name: displayName, displayName, email: null };
}

/** A robot account. */
export function robot(name: string, displayName: string): IdentityMember {
  const identifier = guidOf(`robot/${name}`);
  return { objectType: 'DirectoryRobotUser', source: 'local', identifier, name, displayName, email: null };
}

/** An external application. */
export function application(displayName: string): IdentityMember {
  const identifier = guidOf(`application/${displayName}`);
  const names = { name: displayName, displayName, email: null };
  return { objectType: 'DirectoryApplication', source: 'app', identifier, ...names, applicationId: identifier };
}

/** The list of users that belongs to a set of groups. */
export function usersIn(
  groups: readonly IdentityGroupDescription[],
  others: readonly IdentityMember[],
): IdentityUser[] {
  const users = distinct([...groups.flatMap(({ members }) => members), ...others]);
  return users
    .filter(({ objectType }) => objectType === 'DirectoryUser')
    .map((member, index) => ({
      id: member.identifier,
      userName: member.name,
      email: member.email ?? '',
      emailConfirmed: true,
      name: member.firstName ?? '',
      surname: member.lastName ?? '',
      displayName: member.displayName,
      creationTime: dayOfLife(index),
      lastModificationTime: null,
      lastLoginTime: index % 7 === 6 ? null : dayOfLife(900 + index),
      groupIDs: groupIdsOf(member, groups),
      legacyId: 1000 + index,
      isActive: true,
      bypassBasicAuthRestriction: false,
      type: member.source === 'local' ? 0 : 2,
      invitationAccepted: index % 7 !== 6,
      category: member.source === 'local' ? 0 : 2,
    }));
}

/** The list of robot accounts that belongs to a set of groups. */
export function robotAccountsIn(
  groups: readonly IdentityGroupDescription[],
  others: readonly IdentityMember[] = [],
): RobotAccount[] {
  const robots = distinct([...groups.flatMap(({ members }) => members), ...others]);
  return robots
    .filter(({ objectType }) => objectType === 'DirectoryRobotUser')
    .map((member, index) => ({
      id: member.identifier,
      name: member.name,
      displayName: member.displayName,
      creationTime: dayOfLife(30 + index),
      lastLoginTime: dayOfLife(950 + index),
      groupIds: groupIdsOf(member, groups),
    }));
}

function distinct(members: readonly IdentityMember[]): IdentityMember[] {
  return [...new Map(members.map((member) => [member.identifier, member])).values()];
}

function groupIdsOf(member: IdentityMember, groups: readonly IdentityGroupDescription[]): string[] | null {
  const ids = groups.filter(({ members }) => members.some(({ identifier }) => identifier === member.identifier));
  return ids.length === 0 ? null : ids.map(({ id }) => id);
}
