import type { GroupSummary } from '../../core/store.ts';
import { groupKindWord } from '../../core/text/kindWords.ts';
import { fact, listingFacts, withDetails } from '../facts.ts';
import type { Fact } from '../row.ts';
import type { TreeContext } from './treeContext.ts';

export function groupFacts({ reader, words }: TreeContext, group: GroupSummary): readonly Fact[] {
  const { t } = words;
  const pinned = group.isPinned ? [fact(t('Pinned'), t('first in its tenant'))] : [];
  const facts = [fact(t('Name'), group.name), fact(t('Kind'), groupKindWord(t, group.kind)), ...pinned];
  const details = reader.group(group.tenantId, group.id)?.details ?? {};
  return withDetails([...facts, ...listingFacts(words, group.members)], details);
}
