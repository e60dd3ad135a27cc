import type { Member } from '../../core/model.ts';
import { noGroupId } from '../../core/noGroup.ts';
import type { GroupSummary } from '../../core/store.ts';
import { groupKindWord } from '../../core/text/kindWords.ts';
import { safeText } from '../../core/text/text.ts';
import { groupDescription, memberCount } from '../descriptions.ts';
import { groupIcon } from '../groupIcon.ts';
import type { Row } from '../row.ts';
import { rowId } from '../rowIds.ts';
import { createFilteredMembers } from './filteredMembers.ts';
import { filterLook } from './filterLook.ts';
import { createListingRows, type ListingRows } from './listingRows.ts';
import { createMemberRow, type MemberRow } from './memberRow.ts';
import type { Updatable } from './rowCache.ts';
import type { TreeContext } from './treeContext.ts';

export interface GroupRow extends Row, Updatable<GroupSummary> {
  readonly groupId: string;
  /** The members' rows; nothing as long as the group was never opened. */
  opened(): ListingRows<MemberRow> | undefined;
  open(): ListingRows<MemberRow>;
  /** Takes the newest data from the store. @returns whether that changed what is to be shown */
  reload(): boolean;
}

/** @param flags what the provider can do with a group or a member, for menus */
export function createGroupRow(context: TreeContext, parent: Row, first: GroupSummary, flags: () => string): GroupRow {
  const { reader, words } = context;
  const { tenantId, id: groupId } = first;
  const target = { tenantId, groupId };
  const isNoGroup = first.id === noGroupId;
  let group = first;
  let members: ListingRows<MemberRow> | undefined;

  const filter = () => context.memberFilter(tenantId, groupId);
  const countAll = () => reader.group(tenantId, groupId)?.members.count ?? 0;

  function open(): ListingRows<MemberRow> {
    if (members) return members;
    const place = { ...target, parent: row, path: [groupId.toLowerCase()] };
    const filtered = createFilteredMembers(context, row);
    members = createListingRows<Member, MemberRow>(context, row, {
      key: { list: 'members', ...target },
      ready: filtered.ready,
      total: () => (filter() ? (filtered.total() ?? 0) : countAll()),
      page: (offset, limit) =>
        filter() ? filtered.page(offset, limit) : reader.members(tenantId, groupId, { offset, limit }),
      idOf: (member) => member.id,
      createRow: (member) => createMemberRow(context, place, member, isNoGroup ? () => '' : flags),
      emptyLabel: () => {
        if (filter()) return filtered.total() === undefined ? undefined : words.t('No member matches the filter');
        return isNoGroup ? words.t('Everyone is in a group') : words.t('No members');
      },
      header: () => {
        const chosen = filter();
        return chosen && filterLook(words, chosen.name, filtered.total(), memberCount(words, countAll()));
      },
      dispose: filtered.dispose,
    });
    return members;
  }

  /** Of a group that is deleted, only that it can come back. */
  function flagsNow(): string {
    const all = flags();
    if (!/\brestoreGroup\b/.test(all)) return all;
    const isDeleted = reader.group(tenantId, groupId)?.details.state === 'Deleted';
    return isDeleted ? 'restoreGroup' : all.replace('restoreGroup', '');
  }

  const row: GroupRow = {
    ...target,
    id: rowId(target),
    parent,
    update: (next) => {
      group = next;
    },
    reload: () => {
      const next = reader.group(tenantId, groupId);
      if (!next || shown(next) === shown(group)) return false;
      group = next;
      return true;
    },
    look: () => {
      const label = isNoGroup ? words.t('In no group') : safeText(group.name.trim() || group.id);
      const description = groupDescription(words, group, filter()?.name);
      const pinned = group.isPinned ? words.t('pinned') : '';
      const spoken = [label, groupKindWord(words.t, group.kind), pinned, description]
        .filter((text) => text !== '')
        .join(', ');
      // Most of what can be done with a group cannot be done with those who are in none.
      const kept = [...(group.isPinned ? ['pinned'] : []), ...(filter() ? ['filtered'] : [])];
      const flagged = isNoGroup ? 'noGroup' : ['group', ...kept, flagsNow()].join(' ');
      return { label, description, icon: group.isPinned ? 'pinned' : groupIcon(group.kind), context: flagged, spoken };
    },
    facts: async () => (await import('./groupFacts.ts')).groupFacts(context, group),
    children: () => open().children(),
    opened: () => members,
    open,
  };
  return row;
}

function shown({ name, kind, members, isPinned }: GroupSummary): string {
  return JSON.stringify([name, kind, members, isPinned]);
}
