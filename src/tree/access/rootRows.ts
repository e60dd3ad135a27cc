import { createDoubts, mayHideMembers, type Shown } from '../../core/access/readShown.ts';
import type { AccessResult, TenantAccess } from '../../core/access/result.ts';
import { subjectNames } from '../../core/access/subjectNames.ts';
import { isAppError } from '../../core/errors.ts';
import { safeText } from '../../core/text/text.ts';
import { joined } from '../descriptions.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { accessTenantRow } from './accessTenantRow.ts';
import { comparisonRows } from './comparisonRows.ts';
import { nestingRows, scopeRow, tenantGapRow, withinGapRow } from './gapRows.ts';
import { plainLook } from './look.ts';
import { subjectRow } from './subjectRow.ts';
import { goneRow, withinRow } from './withinRow.ts';

/** The rows at the top: who it is, then what they reach; of two, how that differs. */
export function accessRows(context: AccessContext, shown: Shown): readonly AccessRow[] {
  const [one, other] = shown.results;
  if (!one) return [];
  return other ? comparedRows(context, shown, one, other) : singleRows(context, one);
}

function singleRows(context: AccessContext, result: AccessResult): readonly AccessRow[] {
  const { subject, within, tenants } = result;
  const isCertain = !result.isCut && result.unknownGroups === 0 && tenants.every(({ known }) => known.isComplete);
  const toRow = (access: TenantAccess) => accessTenantRow(context, access, subject, isCertain);
  // Of a group, where it is in no other group is not worth a row.
  const meant = subject.group ? tenants.filter(({ groups }) => groups.length > 0) : tenants;
  return [
    subjectRow(context, result, false),
    ...(within ? [withinRow(context, within)] : subject.group ? [goneRow(context)] : []),
    ...meant.filter(({ groups }) => groups.length > 0).map(toRow),
    ...meant.filter(({ groups }) => groups.length === 0).map(toRow),
    ...nestingRows(context, result),
    scopeRow(context),
  ];
}

function comparedRows(
  context: AccessContext,
  { reached, members }: Shown,
  one: AccessResult,
  other: AccessResult,
): readonly AccessRow[] {
  const { t } = context.words;
  const results = [one, other] as const;
  const [first = '', second = ''] = subjectNames(results, (id) => context.reader.tenant(id)?.name).map(safeText);
  const names = [first, second] as const;
  const heads = [subjectRow(context, one, false), subjectRow(context, other, true)] as const;
  const hasReached = results.some(({ tenants }) => tenants.some(({ groups }) => groups.length > 0));
  return [
    ...heads,
    ...(members
      ? comparisonRows(context, {
          id: 'members',
          what: hasReached ? t('with access') : undefined,
          names,
          results,
          comparison: members,
          mayHave: async (_, result) => mayHideMembers(result),
        })
      : []),
    ...(reached && (hasReached || !members)
      ? comparisonRows(context, {
          id: 'reached',
          what: members ? t('reached') : undefined,
          names,
          results,
          comparison: reached,
          mayHave: createDoubts(context.reader),
        })
      : []),
    ...(members ? results.flatMap(({ within }, at) => gapsOf(context, heads[at], within)) : []),
    ...(hasReached || !members ? one.tenants.flatMap((access) => tenantGapRow(context, undefined, access, true)) : []),
    ...nestingRows(context, {
      isCut: results.some((result) => result.isCut || result.within?.isCut === true),
      unknownGroups: Math.max(one.unknownGroups, other.unknownGroups),
    }),
    scopeRow(context),
  ];
}

function gapsOf(context: AccessContext, head: AccessRow | undefined, within: AccessResult['within']): AccessRow[] {
  return head && within ? within.gaps.map((gap) => withinGapRow(context, head, gap)) : [];
}

/** Why nothing can be shown below a row, or at all; a click tries again. */
export function failureRow(
  context: AccessContext,
  parent: AccessRow | undefined,
  error: unknown,
  retry: () => void,
): AccessRow {
  const { t } = context.words;
  const unknown = { what: t('The access could not be read'), advice: t('The log says more.') };
  const { what, advice } = isAppError(error) ? context.explain(error) : unknown;
  return context.row(parent, 'failure:', {
    more: retry,
    look: () =>
      plainLook(what, joined([advice, t('click to retry')]), 'error', 'note failed', {
        color: 'list.errorForeground',
        click: { command: 'tenantExplorer.loadMore', title: t('Retry') },
      }),
  });
}
