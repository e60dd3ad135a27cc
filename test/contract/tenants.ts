import { generateTenant } from '../../src/sandbox/generatedTenant.ts';
import { guidOf } from '../../src/sandbox/guid.ts';
import { powerBITenant, type WorkspaceDescription, type WorkspaceMember } from '../../src/sandbox/powerbi/tenant.ts';
import type { SandboxTenant } from '../../src/sandbox/tenant.ts';
import {
  type EmbeddedMembers,
  type IdentityGroupDescription,
  type IdentityMember,
  type UiPathTenant,
  uiPathTenant,
} from '../../src/sandbox/uipath/tenant.ts';

/** Workspaces and members without anything special. */
export function plainPowerBI(groups: number, membersPerGroup = 1, scope: 'member' | 'admin' = 'member'): SandboxTenant {
  return generateTenant({ provider: 'powerbi', groups, membersPerGroup, scope });
}

/** Groups of at most nine members have no robots, which the directory would not name. */
export function plainUiPath(
  groups: number,
  membersPerGroup = 1,
  embeddedMembers: EmbeddedMembers = 'populated',
): SandboxTenant {
  return generateTenant({ provider: 'uipath', groups, membersPerGroup, people: 9, embeddedMembers });
}

/** A directory whose groups have users alone. */
export function plainEntra(groups: number, membersPerGroup = 1): SandboxTenant {
  return generateTenant({ provider: 'entra', groups, membersPerGroup, people: Math.max(9, membersPerGroup) });
}

export function user(name: string, more: Partial<WorkspaceMember> = {}): WorkspaceMember {
  const emailAddress = `${name.toLowerCase().replace(/\W+/g, '.')}@contoso.example`;
  return {
    groupUserAccessRight: 'Viewer',
    displayName: name,
    emailAddress,
    identifier: emailAddress,
    principalType: 'User',
    ...more,
  };
}

/** A workspace; its id is `w-` and its name. */
export function workspace(
  name: string,
  members: readonly WorkspaceMember[] = [user('Ada')],
  more: Partial<WorkspaceDescription> = {},
): WorkspaceDescription {
  return { id: `w-${name}`, name, type: 'Workspace', state: 'Active', members, ...more };
}

export function powerBIWith(
  workspaces: readonly WorkspaceDescription[],
  scope: 'member' | 'admin' = 'member',
): SandboxTenant {
  return powerBITenant({ name: 'Purpose-made', scope, workspaces });
}

export function person(name: string, more: Partial<IdentityMember> = {}): IdentityMember {
  return {
    objectType: 'DirectoryUser',
    source: 'local',
    identifier: guidOf(`person/${name}`),
    name,
    displayName: name,
    email: `${name.toLowerCase()}@acme.example`,
    ...more,
  };
}

export function identityGroup(
  name: string,
  members: readonly IdentityMember[],
  more: Partial<IdentityGroupDescription> = {},
): IdentityGroupDescription {
  const time = '2024-01-01T00:00:00.0000000';
  const times = { creationTime: time, lastModificationTime: time };
  return { id: guidOf(`group/${name}`), name, displayName: name, type: 1, ...times, members, ...more };
}

/** An organization whose directory knows these people. */
export function uiPathWith(
  groups: readonly IdentityGroupDescription[],
  options: { embeddedMembers?: EmbeddedMembers; hasMembersRoute?: boolean; directory?: readonly IdentityMember[] } = {},
): UiPathTenant {
  const { directory = [], ...rest } = options;
  const users = directory.map(({ identifier, name, email, displayName }, index) => ({
    id: identifier,
    userName: name,
    email: email ?? '',
    emailConfirmed: true,
    name,
    surname: '',
    displayName,
    creationTime: '2024-01-01T00:00:00.0000000',
    lastModificationTime: null,
    lastLoginTime: null,
    groupIDs: null,
    legacyId: index + 1,
    isActive: true,
    bypassBasicAuthRestriction: false,
    type: 0 as const,
    invitationAccepted: true,
    category: 0 as const,
  }));
  return uiPathTenant({ name: 'Purpose-made organization', groups, users, ...rest });
}
