import type { IdentityGroup, IdentityMember, UiPathTenant } from './tenant.ts';

const MEMBER_TYPES = { DirectoryUser: 2, DirectoryGroup: 3, DirectoryRobotUser: 4, DirectoryApplication: 5 } as const;

/** A group as the service sends it, with `members` in the manner of this tenant. */
export function groupRow(tenant: UiPathTenant, group: IdentityGroup): Record<string, unknown> {
  const { id, name, displayName, type, creationTime, lastModificationTime } = group;
  const row = { id, name, displayName, type, creationTime, lastModificationTime };
  return tenant.embeddedMembers === 'missing' ? row : { ...row, members: embeddedMembers(tenant, group) };
}

function embeddedMembers(tenant: UiPathTenant, group: IdentityGroup): readonly IdentityMember[] | null {
  if (tenant.embeddedMembers === 'null') return null;
  if (tenant.embeddedMembers === 'empty') return [];
  // What may not be read is unknown: an empty list would say that nobody is in the group.
  return group.isMemberListDenied ? null : tenant.members(group);
}

/** A member as the `Members` route sends it: an id and a number for what it is, nothing else. */
export function memberReference(member: IdentityMember): { id: string; type: number } {
  const isLocalUser = member.objectType === 'DirectoryUser' && member.source === 'local';
  return { id: member.identifier, type: isLocalUser ? 0 : MEMBER_TYPES[member.objectType] };
}
