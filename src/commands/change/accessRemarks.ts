import { knowledgeOf } from '../../core/access/readAccess.ts';
import type { AccessResult } from '../../core/access/result.ts';
import type { TenantRecord } from '../../core/model.ts';
import { groupsWord } from '../../export/counts.ts';
import type { CommandDeps } from '../command.ts';

/** Names that one line has room for. */
const mostNames = 6;

/** As whom somebody is known, where several names or ids are taken for the same person. */
export function joinedRemark(
  { t, reader }: CommandDeps,
  { subject, principals, joinedBy }: AccessResult,
): readonly string[] {
  if (joinedBy === undefined) return [];
  const guises = principals.map(({ name, email, id, tenantId }) => {
    const who = email !== undefined && email !== name ? `${name} (${email})` : name === id ? id : name;
    return `${who}, “${reader.tenant(tenantId)?.name ?? tenantId}”`;
  });
  const how = {
    objectId: t('joined by object id'),
    email: t('joined by e-mail'),
    both: t('joined by object id and e-mail'),
  };
  return [t('Taken to be {0} ({1}): {2}', subject.name, how[joinedBy], namesOf([...new Set(guises)]))];
}

/** What somebody reaches through groups that they stay in. @param goes a group whose own membership goes */
export function nestedWays(
  { tenants }: AccessResult,
  goes: (groupId: string) => boolean = () => false,
): readonly string[] {
  return tenants.flatMap(({ groups }) =>
    groups.flatMap(({ name, ways }) => {
      const way = ways.find(({ path, passed }) => path.length > 0 && !goes(passed[0] ?? ''));
      return way ? [`“${name}” (← ${way.path.map((group) => `“${group}”`).join(' ← ')})`] : [];
    }),
  );
}

/** How much of a tenant is not known; nothing where all is. */
export function gapOf({ t, reader }: CommandDeps, tenant: TenantRecord): string | undefined {
  const { groups, total, unread, isComplete } = knowledgeOf(reader, tenant);
  if (isComplete) return undefined;
  if (groups.state === 'notLoaded') return t('nothing of it is loaded');
  if (unread > 0) return t('{0} of {1} not loaded, or not whole', unread, groupsWord(t, total));
  return t('not all of its groups are known');
}

/** Some names, and how many more there are. */
export function namesOf(names: readonly string[]): string {
  const left = names.length - mostNames;
  return left > 0 ? `${names.slice(0, mostNames).join(', ')} +${left}` : names.join(', ');
}
