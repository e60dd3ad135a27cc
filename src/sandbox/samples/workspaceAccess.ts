import { guidOf } from '../guid.ts';
import type { AccessRight, WorkspaceDescription, WorkspaceMember } from '../powerbi/tenant.ts';
import type { Person } from './person.ts';

/** Whoever can be given a right in a workspace. */
export type Principal = Omit<WorkspaceMember, 'groupUserAccessRight'>;

/** Who has which right in a workspace. */
export type WorkspaceAccess = Partial<Record<AccessRight, readonly Principal[]>>;

/** An employee. */
export function user(person: Person): Principal {
  const { email, displayName, id } = person;
  const identity = { identifier: email, emailAddress: email, displayName, graphId: id };
  return { ...identity, principalType: 'User', userType: 'Member' };
}

/** Somebody of another company: the sign-in name is made of the e-mail address, in the host's directory. */
export function guest(person: Person, hostDomain: string): Principal {
  const identifier = `${person.email.replace('@', '_')}#EXT#@${hostDomain}`;
  return { ...user(person), identifier, graphId: guidOf(`guest/${identifier}`), userType: 'Guest' };
}

/** A service principal. */
export function app(displayName: string): Principal {
  const id = guidOf(`app/${displayName}`);
  return { identifier: id, displayName, graphId: id, principalType: 'App' };
}

/** A service principal that acts for one customer of an embedding application. */
export function appWithProfile(displayName: string, profileName: string): Principal {
  return { ...app(displayName), profile: { id: guidOf(`profile/${profileName}`), displayName: profileName } };
}

/** A security group: its own members have access through it. */
export function securityGroup(displayName: string): Principal {
  const id = guidOf(`securityGroup/${displayName}`);
  return { identifier: id, displayName, graphId: id, principalType: 'Group' };
}

/** Everybody in the directory. */
export function wholeOrganization(name: string): Principal {
  return { identifier: guidOf(`directory/${name}`), displayName: 'Entire organization', principalType: 'None' };
}

/** A workspace of a tenant; what is not told is ordinary. */
export function workspace(
  tenantName: string,
  name: string,
  access: WorkspaceAccess,
  details: Partial<WorkspaceDescription> = {},
): WorkspaceDescription {
  const id = guidOf(`workspace/${tenantName}/${name}`);
  return { id, name, type: 'Workspace', state: 'Active', members: membersOf(access), ...details };
}

function membersOf(access: WorkspaceAccess): WorkspaceMember[] {
  return (Object.entries(access) as [AccessRight, readonly Principal[]][]).flatMap(
    ([groupUserAccessRight, principals]) => principals.map((principal) => ({ groupUserAccessRight, ...principal })),
  );
}
