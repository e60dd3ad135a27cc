import { isGuest, type Member } from '../../core/model.ts';
import { principalKindWord } from '../../core/text/kindWords.ts';
import { memberCount, memberLabel } from '../descriptions.ts';
import { fact, withDetails } from '../facts.ts';
import type { Fact } from '../row.ts';
import type { TreeContext } from './treeContext.ts';

export function memberFacts(context: TreeContext, tenantId: string, member: Member): readonly Fact[] {
  const { t } = context.words;
  const { email, identifier, accessRight, source } = member;
  const facts = [
    fact(t('Name'), memberLabel(member)),
    fact(t('Kind'), principalKindWord(t, member.principalType, isGuest(member))),
    ...(accessRight === undefined ? [] : [fact(t('Access right'), accessRight)]),
    ...(email === undefined ? [] : [fact(t('E-mail'), email)]),
    ...(identifier === email ? [] : [fact(t('Identifier'), identifier)]),
    ...(source === undefined ? [] : [fact(t('Source'), source)]),
    ...insideOf(context, tenantId, member),
  ];
  return withDetails(facts, member.details);
}

/** What is known of a group that is a member. */
function insideOf({ reader, words }: TreeContext, tenantId: string, member: Member): readonly Fact[] {
  if (member.principalType !== 'group') return [];
  const { t } = words;
  const known = reader.groupOf(tenantId, member);
  if (!known) return [fact(t('Members'), t('not known: no tenant that was read has this group'))];
  const { state, count = 0 } = reader.completeness({ list: 'members', ...known });
  const where = reader.tenant(known.tenantId)?.name ?? known.tenantId;
  return [
    fact(t('Members'), t('{0}, by “{1}”', state === 'notLoaded' ? t('not loaded') : memberCount(words, count), where)),
  ];
}
