import { knowledgeOf } from '../../core/access/readAccess.ts';
import type { TenantRecord } from '../../core/model.ts';
import { groupsWord } from '../../export/counts.ts';
import type { CommandDeps } from '../command.ts';

/** How much of a tenant is not known, in words that go on a sentence; nothing where all is. */
export function tenantGap({ t, reader }: CommandDeps, tenant: TenantRecord): string | undefined {
  const { groups, total, unread, isComplete } = knowledgeOf(reader, tenant);
  if (isComplete) return undefined;
  if (groups.state === 'notLoaded') return t('nothing of it is loaded');
  if (unread > 0) return t('the members of {0} of {1} are not all known', unread, groupsWord(t, total));
  return t('not all groups are known');
}
