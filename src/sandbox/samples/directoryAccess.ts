import type { DirectoryGroupDescription, DirectoryObject } from '../entra/tenant.ts';
import { guidOf } from '../guid.ts';
import type { Person } from './person.ts';

/** An employee, as the directory shows one. */
export function directoryUser({ id, displayName, email }: Person): DirectoryObject {
  const names = { displayName, userPrincipalName: email, mail: email };
  return { '@odata.type': '#microsoft.graph.user', id, ...names, userType: 'Member' };
}

/** Somebody of another company. */
export function directoryGuest({ displayName, email }: Person, hostDomain: string): DirectoryObject {
  const userPrincipalName = `${email.replace('@', '_')}#EXT#@${hostDomain}`;
  const id = guidOf(`guest/${userPrincipalName}`);
  return { '@odata.type': '#microsoft.graph.user', id, displayName, userPrincipalName, mail: email, userType: 'Guest' };
}

/** A service principal. */
export function servicePrincipal(displayName: string): DirectoryObject {
  const id = guidOf(`app/${displayName}`);
  const details = { appId: guidOf(`appId/${displayName}`), servicePrincipalType: 'Application' };
  return { '@odata.type': '#microsoft.graph.servicePrincipal', id, displayName, ...details };
}

/** An object of a type that the account may not read. */
export function unreadableDevice(name: string): DirectoryObject {
  return { '@odata.type': '#microsoft.graph.device', id: guidOf(`device/${name}`), displayName: null };
}

/** A group in a group. Its id is that by which Power BI and UiPath know it. */
export function nestedGroup(displayName: string): DirectoryObject {
  const details = { mail: null, groupTypes: [], securityEnabled: true };
  return { '@odata.type': '#microsoft.graph.group', id: groupId(displayName), displayName, ...details };
}

/** A security group; what is not told is ordinary. */
export function securityGroup(
  displayName: string,
  members: readonly DirectoryObject[],
  details: Partial<DirectoryGroupDescription> = {},
): DirectoryGroupDescription {
  return {
    id: groupId(displayName),
    displayName,
    description: null,
    mail: null,
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
    visibility: null,
    createdDateTime: '2021-10-13T18:37:26Z',
    members,
    ...details,
  };
}

/** A Microsoft 365 group. */
export function microsoft365Group(
  displayName: string,
  mailbox: string,
  members: readonly DirectoryObject[],
): DirectoryGroupDescription {
  const mail = { mail: mailbox, mailEnabled: true, securityEnabled: false };
  return securityGroup(displayName, members, { ...mail, groupTypes: ['Unified'], visibility: 'Private' });
}

function groupId(displayName: string): string {
  return guidOf(`securityGroup/${displayName}`);
}
