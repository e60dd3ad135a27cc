import type { Change } from '../../core/changes.ts';
import type { ListingKey } from '../../core/listing.ts';
import type { PlanMembers } from '../../core/planWorld.ts';
import type { StoreReader } from '../../core/store.ts';

/** What a group, read back, says of a change. */
export interface Effect {
  readonly isThere: boolean;
  /** It is as it was before the change, as far as the plan knew. */
  readonly isAsBefore: boolean;
  /** Of a group that was made. */
  readonly groupId?: string;
}

/** The listing that shows whether a change is there; nothing shows whether permissions were refreshed. */
export function listingShowing({ kind, tenantId, groupId }: Change): ListingKey | undefined {
  if (kind === 'refreshUserPermissions') return undefined;
  const isOfMember = kind === 'addMember' || kind === 'changeAccessRight' || kind === 'removeMember';
  if (!isOfMember || groupId === undefined) return { list: 'groups', tenantId };
  return { list: 'members', tenantId, groupId };
}

/** @param members of the change's group, where it is about one of them */
export function effectOf(reader: StoreReader, change: Change, members: PlanMembers | undefined): Effect {
  const { kind, tenantId, groupId = '', principal, before, after } = change;
  if (principal) {
    const member = members?.find(principal);
    const isSo = (state: Change['after']) =>
      state ? member !== undefined && member.accessRight === state.accessRight : member === undefined;
    return { isThere: isSo(after), isAsBefore: isSo(before) };
  }
  const group = groupId === '' ? undefined : reader.group(tenantId, groupId);
  const isDeleted = !group || group.details.state === 'Deleted' || group.details.state === 'Removing';
  switch (kind) {
    case 'createGroup': {
      const made = group ?? groupNamed(reader, tenantId, after?.name ?? '');
      return { isThere: made !== undefined, isAsBefore: made === undefined, ...(made ? { groupId: made.id } : {}) };
    }
    case 'renameGroup':
      return { isThere: group?.name === after?.name, isAsBefore: group?.name === before?.name };
    case 'restoreGroup':
      return { isThere: !isDeleted, isAsBefore: isDeleted };
    default:
      return { isThere: isDeleted, isAsBefore: !isDeleted };
  }
}

function groupNamed(reader: StoreReader, tenantId: string, name: string) {
  const found = reader.groups(tenantId, { offset: 0, limit: 50, filter: name });
  return found.find((group) => group.name === name);
}
