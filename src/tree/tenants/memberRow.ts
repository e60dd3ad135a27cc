import { isGuest, type Member } from '../../core/model.ts';
import { objectIdOf } from '../../core/objectId.ts';
import { principalIcon } from '../../core/principalIcon.ts';
import { principalKindWord } from '../../core/text/kindWords.ts';
import { safeText } from '../../core/text/text.ts';
import { memberDescription, memberLabel } from '../descriptions.ts';
import type { Row } from '../row.ts';
import { rowId } from '../rowIds.ts';
import type { InnerPlace, NestedRows } from './nestedRows.ts';
import type { Updatable } from './rowCache.ts';
import type { TreeContext } from './treeContext.ts';

export type MemberRow = Row & Updatable<Member>;

/** Where a member's row stands: below its group, or below a row of the group where that is a member itself. */
export interface MemberPlace {
  readonly tenantId: string;
  readonly groupId: string;
  readonly parent: Row;
  /** The groups that are opened above it, by the ids that all services know. */
  readonly path: readonly string[];
  /** The ids of rows that do not stand below their own group. */
  readonly idOf?: (memberId: string) => string;
}

/** @param flags what the provider can do with a member, for menus */
export function createMemberRow(
  context: TreeContext,
  { tenantId, groupId, parent, path, idOf }: MemberPlace,
  first: Member,
  flags: () => string,
): MemberRow {
  const { words } = context;
  const target = { tenantId, groupId, memberId: first.id };
  let member = first;
  const object = first.principalType === 'group' ? objectIdOf(first) : undefined;
  const isAbove = object !== undefined && path.includes(object);
  const row: MemberRow = {
    ...target,
    id: idOf?.(first.id) ?? rowId(target),
    parent,
    update: (next) => {
      member = next;
    },
    look: () => {
      const label = safeText(memberLabel(member));
      const above = isAbove ? [words.t('already open above')] : [];
      const description = [memberDescription(words, member), ...above].filter((text) => text !== '').join(' · ');
      // That somebody is a guest is said by the description.
      const kind = principalKindWord(words.t, member.principalType, false);
      const spoken = [label, kind, description].filter((text) => text !== '').join(', ');
      const icon = principalIcon(member.principalType, isGuest(member));
      return { label, description, icon, context: contextOf(member, flags()), spoken };
    },
    facts: async () => (await import('./memberFacts.ts')).memberFacts(context, tenantId, member),
  };
  if (object === undefined || isAbove) return row;
  const inside = [...path, object];
  // What this member's service can change says nothing of those in the group: no flags.
  const createRow = (place: InnerPlace, inner: Member) =>
    createMemberRow(context, { ...place, path: inside }, inner, () => '');
  let nested: NestedRows | undefined;
  return Object.assign(row, {
    children: async () => {
      const { createNestedRows } = await import('./nestedRows.ts');
      nested ??= createNestedRows(context, row, () => member, createRow);
      return nested();
    },
  });
}

function contextOf(member: Member, flags: string): string {
  return member.email === undefined ? `member ${flags}` : `member email ${flags}`;
}
