import type { EffectiveMember, WithinGroup } from '../../core/access/result.ts';
import { principalIcon } from '../../core/principalIcon.ts';
import { principalKindWord } from '../../core/text/kindWords.ts';
import { safeText } from '../../core/text/text.ts';
import { joined } from '../descriptions.ts';
import { fact } from '../facts.ts';
import type { Words } from '../words.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { withinGapRow } from './gapRows.ts';
import { plainLook } from './look.ts';
import { wayRows } from './reachedRow.ts';
import { pathWords, waysWords } from './wayWords.ts';

/** Everyone who has access to a group. */
export function withinRow(context: AccessContext, within: WithinGroup): AccessRow {
  const { t, number, age } = context.words;
  const { members, gaps, isCut, asOf } = within;
  const isWhole = gaps.length === 0 && !isCut;
  const row: AccessRow = context.row(undefined, 'within:', {
    isOpen: true,
    look: () => {
      const description = joined([
        members.length === 0 && isWhole ? t('nobody') : isWhole ? number(members.length) : atLeast(),
        asOf === undefined ? undefined : age(asOf),
      ]);
      return plainLook(t('Who has access'), description, 'organization', 'accessWithin');
    },
    children: () => [
      ...gaps.map((gap) => withinGapRow(context, row, gap)),
      ...context.page(row, members, (member) => effectiveMemberRow(context, row, member)),
    ],
  });
  const atLeast = () => (members.length === 0 ? t('not known') : knownWords(context.words, members.length));
  return row;
}

/** In its place where the group is not there any more: nobody knows who has access. */
export function goneRow(context: AccessContext): AccessRow {
  const { t } = context.words;
  return context.row(undefined, 'gone:', {
    look: () => plainLook(t('Who has access'), t('not known: the group is no longer there'), 'warning', 'note'),
  });
}

/** Somebody who has access to the group; below, the ways where there are several. */
function effectiveMemberRow(context: AccessContext, parent: AccessRow, member: EffectiveMember): AccessRow {
  const { words } = context;
  const { t } = words;
  const { key, name, email, isGuest, ways, tenantId, groupId, memberId } = member;
  const row: AccessRow = context.row(parent, key, {
    tenantId,
    groupId,
    memberId,
    look: () => {
      const description = joined([
        ...waysWords(words, ways),
        isGuest ? t('Guest') : undefined,
        email === undefined || email === name ? undefined : safeText(email),
      ]);
      const flags = email === undefined ? 'accessMember' : 'accessMember email';
      return plainLook(safeText(name), description, principalIcon(member.principalType, member.isGuest), flags, {
        kind: principalKindWord(t, member.principalType, member.isGuest),
      });
    },
    facts: () => [
      fact(t('Name'), name),
      ...(email === undefined ? [] : [fact(t('E-mail'), email)]),
      ...ways.slice(0, 20).map((way) => fact(way.right ?? t('Member'), pathWords(words, way))),
    ],
    ...(ways.length < 2 ? {} : { children: () => wayRows(context, row, ways) }),
  });
  return row;
}

function knownWords({ t, number }: Words, count: number): string {
  return count === 1 ? t('1 is known, there may be more') : t('{0} are known, there may be more', number(count));
}
