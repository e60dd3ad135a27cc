import type { AccessResult, JoinedBy } from '../../core/access/result.ts';
import { principalIcon } from '../../core/principalIcon.ts';
import { principalKindWord } from '../../core/text/kindWords.ts';
import { safeText } from '../../core/text/text.ts';
import { joined } from '../descriptions.ts';
import { fact } from '../facts.ts';
import type { Words } from '../words.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { plainLook } from './look.ts';

/** Who it is, and by what they are known to be the same in several tenants. */
export function subjectRow(context: AccessContext, result: AccessResult, isOther: boolean): AccessRow {
  const { t } = context.words;
  const { subject, principals } = result;
  const email = principals.find((one) => one.email !== undefined)?.email;
  const isGuest = principals.some((one) => one.isGuest);
  const { principalType } = subject;
  return context.row(undefined, isOther ? 'other' : 'one', {
    look: () => {
      const description = joined([
        isOther ? t('compared with') : undefined,
        subject.group && safeText(context.reader.tenant(subject.group.tenantId)?.name ?? ''),
        isGuest ? t('Guest') : undefined,
        joinedWords(context.words, result),
        adminWords(context.words, result),
        email === undefined || email === subject.name ? undefined : safeText(email),
      ]);
      const flags = isOther ? 'accessSubject other' : 'accessSubject';
      const kind = principalKindWord(t, principalType, isGuest);
      return plainLook(safeText(subject.name), description, principalIcon(principalType, isGuest), flags, { kind });
    },
    facts: () => [
      fact(t('Name'), subject.name),
      ...principals.flatMap(({ tenantId, name, id }) => {
        const tenant = context.reader.tenant(tenantId)?.name ?? tenantId;
        return [fact(tenant, name === id ? id : `${name} (${id})`)];
      }),
    ],
  });
}

function adminWords({ t, number }: Words, { tenants }: AccessResult): string | undefined {
  const count = tenants.reduce((sum, { adminGroups }) => sum + adminGroups, 0);
  if (count === 0) return undefined;
  return count === 1 ? t('administers 1 group') : t('administers {0} groups', number(count));
}

function joinedWords({ t }: Words, { joinedBy, principals }: AccessResult): string | undefined {
  if (joinedBy === undefined) return undefined;
  const words: Readonly<Record<JoinedBy, string>> = {
    objectId: t('joined by object id'),
    email: t('joined by e-mail'),
    both: t('joined by object id and e-mail'),
  };
  const tenants = new Set(principals.map(({ tenantId }) => tenantId)).size;
  return tenants < 2 ? words[joinedBy] : t('{0} in {1} tenants', words[joinedBy], tenants);
}
