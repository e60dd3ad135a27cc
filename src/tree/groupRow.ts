import type { Member } from '../core/model.ts';
import { noGroupId } from '../core/noGroup.ts';
import type { GroupSummary } from '../core/store.ts';
import { safeText } from '../core/text.ts';
import type { TreeContext } from './context.ts';
import { groupDescription } from './descriptions.ts';
import { fact, listingFacts, withDetails } from './facts.ts';
import { groupIcon } from './icons.ts';
import { groupKindWord } from './kindWords.ts';
import { createListingRows, type ListingRows } from './listingRows.ts';
import { createMemberRow, type MemberRow } from './memberRow.ts';
import type { Row } from './row.ts';
import type { Updatable } from './rowCache.ts';
import { rowId } from './rowIds.ts';

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
  const target = { tenantId: first.tenantId, groupId: first.id };
  const isNoGroup = first.id === noGroupId;
  let group = first;
  let members: ListingRows<MemberRow> | undefined;

  function open(): ListingRows<MemberRow> {
    const place = { ...target, parent: row, path: [target.groupId.toLowerCase()] };
    members ??= createListingRows<Member, MemberRow>(context, row, {
      key: { list: 'members', ...target },
      total: () => reader.group(target.tenantId, target.groupId)?.members.count ?? 0,
      page: (offset, limit) => reader.members(target.tenantId, target.groupId, { offset, limit }),
      idOf: (member) => member.id,
      createRow: (member) => createMemberRow(context, place, member, isNoGroup ? () => '' : flags),
      emptyLabel: () => (isNoGroup ? words.t('Everyone is in a group') : words.t('No members')),
    });
    return members;
  }

  const row: GroupRow = {
    ...target,
    id: rowId(target),
    parent,
    update: (next) => {
      group = next;
    },
    reload: () => {
      const next = reader.group(target.tenantId, target.groupId);
      if (!next || shown(next) === shown(group)) return false;
      group = next;
      return true;
    },
    look: () => {
      const label = isNoGroup ? words.t('In no group') : safeText(group.name.trim() || group.id);
      const description = groupDescription(words, group);
      const spoken = [label, groupKindWord(words.t, group.kind), description].filter((text) => text !== '').join(', ');
      // Most of what can be done with a group cannot be done with those who are in none.
      const flagged = isNoGroup ? 'noGroup' : `group ${flags()}`;
      return { label, description, icon: groupIcon(group.kind), context: flagged, spoken };
    },
    facts: () => {
      const name = fact(words.t('Name'), group.name);
      const kind = fact(words.t('Kind'), groupKindWord(words.t, group.kind));
      const details = reader.group(target.tenantId, target.groupId)?.details ?? {};
      return withDetails([name, kind, ...listingFacts(words, group.members)], details);
    },
    children: () => open().children(),
    opened: () => members,
    open,
  };
  return row;
}

function shown({ name, kind, members }: GroupSummary): string {
  return JSON.stringify([name, kind, members]);
}
