import type { Member } from '../core/model.ts';
import { safeText } from '../core/text.ts';
import type { TreeContext } from './context.ts';
import { memberDescription, memberLabel } from './descriptions.ts';
import { fact, withDetails } from './facts.ts';
import { memberIcon } from './icons.ts';
import { memberKindWord } from './kindWords.ts';
import type { Fact, Row } from './row.ts';
import type { Updatable } from './rowCache.ts';
import { rowId } from './rowIds.ts';

export type MemberRow = Row & Updatable<Member>;

/** @param flags what the provider can do with a member, for menus */
export function createMemberRow(
  { words }: TreeContext,
  parent: Row & { readonly groupId: string },
  first: Member,
  flags: () => string,
): MemberRow {
  const target = { tenantId: parent.tenantId, groupId: parent.groupId, memberId: first.id };
  let member = first;
  return {
    ...target,
    id: rowId(target),
    parent,
    update: (next) => {
      member = next;
    },
    look: () => {
      const label = safeText(memberLabel(member));
      const description = memberDescription(words, member);
      const spoken = [label, memberKindWord(words.t, member), description].filter((text) => text !== '').join(', ');
      return { label, description, icon: memberIcon(member), context: contextOf(member, flags()), spoken };
    },
    facts: () => memberFacts(words.t, member),
  };
}

function contextOf(member: Member, flags: string): string {
  return member.email === undefined ? `member ${flags}` : `member email ${flags}`;
}

function memberFacts(t: TreeContext['words']['t'], member: Member): readonly Fact[] {
  const { email, identifier, accessRight, source } = member;
  const facts = [
    fact(t('Name'), memberLabel(member)),
    fact(t('Kind'), memberKindWord(t, member)),
    ...(accessRight === undefined ? [] : [fact(t('Access right'), accessRight)]),
    ...(email === undefined ? [] : [fact(t('E-mail'), email)]),
    ...(identifier === email ? [] : [fact(t('Identifier'), identifier)]),
    ...(source === undefined ? [] : [fact(t('Source'), source)]),
  ];
  return withDetails(facts, member.details);
}
