import type { TenantAccess } from '../../core/access/result.ts';
import type { Subject } from '../../core/access/subject.ts';
import { safeText } from '../../core/text/text.ts';
import { groupCount, joined } from '../descriptions.ts';
import { fact, listingFacts } from '../facts.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { askedRow } from './askedRow.ts';
import { tenantGapRow, tenantGapWords } from './gapRows.ts';
import { itemsOwner, itemsRow } from './itemsRow.ts';
import { plainLook } from './look.ts';
import { reachedRow } from './reachedRow.ts';

/** More groups are not shown at once. */
const mostOpen = 200;

/**
 * A tenant: what is reached there, and what is not known.
 * @param isCertain nothing that is not known, in whichever tenant, may lead to more
 */
export function accessTenantRow(
  context: AccessContext,
  access: TenantAccess,
  subject: Subject,
  isCertain: boolean,
): AccessRow {
  const { words } = context;
  const { t, age } = words;
  const { tenant, groups, principals, known } = access;
  const asked = (parent: AccessRow) => [
    ...askedRow(context, parent, access, subject),
    ...itemsRow(context, parent, access, subject),
  ];
  const hasRows = groups.length > 0 || !known.isComplete || itemsOwner(context, access, subject) !== undefined;
  const row: AccessRow = context.row(undefined, `tenant:${tenant.id}`, {
    tenantId: tenant.id,
    isOpen: (groups.length > 0 || subject.isAsked === true) && groups.length <= mostOpen,
    look: () => {
      const none = isCertain ? t('no access') : t('no access is known');
      const description = joined([
        groups.length === 0 ? none : groupCount(words, groups.length),
        principals.some(({ isGuest }) => isGuest) ? t('Guest') : undefined,
        tenantGapWords(context, access),
        known.asOf === undefined ? undefined : age(known.asOf),
      ]);
      const provider = context.provider(tenant);
      return plainLook(safeText(tenant.name), description, provider?.icon ?? 'question', 'accessTenant', {
        kind: provider?.label ?? tenant.provider,
      });
    },
    facts: () => [
      fact(t('Name'), tenant.name),
      ...principals.map(({ name, id }) => fact(t('Known as'), name === id ? id : `${name} (${id})`)),
      ...listingFacts(words, known.groups),
    ],
    ...(hasRows
      ? {
          children: () => [
            ...tenantGapRow(context, row, access),
            ...asked(row),
            ...context.page(row, groups, (group) => reachedRow(context, row, group, known.asOf)),
          ],
        }
      : {}),
  });
  return row;
}
