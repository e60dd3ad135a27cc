import type { Change } from '../../core/changes/changes.ts';
import type { PlanMembers } from '../../core/changes/planWorld.ts';
import { isOfMember } from '../../core/changes/wishProblem.ts';
import type { ListingKey } from '../../core/listing.ts';
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
  if (!isOfMember({ kind }) || groupId === undefined) return { list: 'groups', tenantId };
  return { list: 'members', tenantId, groupId };
}

/**
 * @param members of the change's group, where it is about one of them
 * @param earlier groups that were there before the change, whatever they are called
 */
export function effectOf(
  reader: StoreReader,
  change: Change,
  members: PlanMembers | undefined,
  earlier: ReadonlySet<string> = new Set(),
): Effect {
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
      const made =
        groupId === '' ? groupsNamed(reader, tenantId, after?.name ?? '').find((id) => !earlier.has(id)) : group?.id;
      return { isThere: made !== undefined, isAsBefore: made === undefined, ...(made ? { groupId: made } : {}) };
    }
    case 'renameGroup':
      return { isThere: group?.name === after?.name, isAsBefore: group?.name === before?.name };
    case 'restoreGroup':
      return { isThere: !isDeleted, isAsBefore: isDeleted };
    default:
      return { isThere: isDeleted, isAsBefore: !isDeleted };
  }
}

/** The ids of groups that are called so and are not deleted. */
export function groupsNamed(reader: StoreReader, tenantId: string, name: string): readonly string[] {
  const limit = 500;
  const found: string[] = [];
  for (let offset = 0; ; offset += limit) {
    // Found by parts of names, too.
    const page = reader.groups(tenantId, { offset, limit, filter: name });
    for (const group of page) {
      if (group.name === name && reader.group(tenantId, group.id)?.details.state !== 'Deleted') found.push(group.id);
    }
    if (page.length < limit) return found;
  }
}
