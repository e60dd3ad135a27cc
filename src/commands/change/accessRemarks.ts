import type { AccessResult } from '../../core/access/result.ts';
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

/** Some names, and how many more there are. */
export function namesOf(names: readonly string[]): string {
  const left = names.length - mostNames;
  return left > 0 ? `${names.slice(0, mostNames).join(', ')} +${left}` : names.join(', ');
}
