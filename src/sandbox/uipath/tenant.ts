import { guidOf } from '../guid.ts';
import { type Rows, type TenantIdentity, tenantIdentity } from '../tenantIdentity.ts';

/** A group, in the words of UiPath's Identity API. */
export interface IdentityGroup {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  /** 0 built in, 1 custom: the service sends numbers where its specification says words. */
  readonly type: 0 | 1;
  readonly creationTime: string;
  readonly lastModificationTime: string | null;
  /** The account sees the group but may not open it. */
  readonly isMemberListDenied?: boolean;
}

/** A member as it is embedded in a group. */
export interface IdentityMember {
  readonly objectType: 'DirectoryUser' | 'DirectoryGroup' | 'DirectoryRobotUser' | 'DirectoryApplication';
  readonly source: 'local' | 'aad' | 'app';
  readonly identifier: string;
  readonly name: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly jobTitle?: string | null;
  readonly companyName?: string | null;
  readonly city?: string | null;
  readonly department?: string | null;
  readonly applicationId?: string | null;
}

/** A row of the list of users. */
export interface IdentityUser {
  readonly id: string;
  readonly userName: string;
  readonly email: string;
  readonly emailConfirmed: boolean;
  readonly name: string;
  readonly surname: string;
  readonly displayName: string;
  readonly creationTime: string;
  readonly lastModificationTime: string | null;
  readonly lastLoginTime: string | null;
  /** null, not an empty list, for a user in no group. */
  readonly groupIDs: readonly string[] | null;
  readonly legacyId: number;
  readonly isActive: boolean;
  readonly bypassBasicAuthRestriction: boolean;
  readonly type: 0 | 2;
  readonly invitationAccepted: boolean;
  readonly category: 0 | 1 | 2;
}

/** A row of the list of robot accounts. */
export interface RobotAccount {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly creationTime: string;
  readonly lastLoginTime: string | null;
  readonly groupIds: readonly string[] | null;
}

/** How a group's `members` looks: sources disagree, so that each answer has to be read. */
export type EmbeddedMembers = 'populated' | 'empty' | 'null' | 'missing';

/** A UiPath organization, seen by one account. */
export interface UiPathTenant extends TenantIdentity {
  readonly provider: 'uipath';
  readonly organization: string;
  readonly partitionGlobalId: string;
  readonly embeddedMembers: EmbeddedMembers;
  /** Whether the service has the route `Group/{partition}/{group}/Members`. */
  readonly hasMembersRoute: boolean;
  readonly groups: Rows<IdentityGroup>;
  readonly users: Rows<IdentityUser>;
  readonly robotAccounts: Rows<RobotAccount>;
  group(id: string): IdentityGroup | undefined;
  members(group: IdentityGroup): readonly IdentityMember[];
}

/** A group together with its members. */
export interface IdentityGroupDescription extends IdentityGroup {
  readonly members: readonly IdentityMember[];
}

export interface UiPathTenantDescription extends Partial<TenantIdentity> {
  readonly name: string;
  readonly organization?: string;
  readonly partitionGlobalId?: string;
  readonly embeddedMembers?: EmbeddedMembers;
  readonly hasMembersRoute?: boolean;
  readonly groups: readonly IdentityGroupDescription[];
  readonly users?: readonly IdentityUser[];
  readonly robotAccounts?: readonly RobotAccount[];
}

/** Makes an organization of groups that are written down in full. */
export function uiPathTenant(description: UiPathTenantDescription): UiPathTenant {
  const identity = tenantIdentity(description);
  const byId = new Map(description.groups.map((group) => [group.id.toLowerCase(), group]));
  return {
    ...identity,
    provider: 'uipath',
    organization: description.organization ?? `${identity.path}-org`,
    partitionGlobalId: description.partitionGlobalId ?? guidOf(`partition/${identity.path}`),
    embeddedMembers: description.embeddedMembers ?? 'populated',
    hasMembersRoute: description.hasMembersRoute ?? true,
    groups: description.groups,
    users: description.users ?? [],
    robotAccounts: description.robotAccounts ?? [],
    group: (id) => byId.get(id.toLowerCase()),
    members: (group) => byId.get(group.id.toLowerCase())?.members ?? [],
  };
}
