import type { WithinGap } from '../../core/access/found.ts';
import type { AccessResult, TenantAccess } from '../../core/access/result.ts';
import { safeText } from '../../core/text/text.ts';
import { groupCount, joined, listingState } from '../descriptions.ts';
import type { Words } from '../words.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { plainLook } from './look.ts';

const warning = 'list.warningForeground';

/** What of a tenant is not known; a click reads the rest. Nothing where all is known. */
export function tenantGapRow(
  context: AccessContext,
  parent: AccessRow | undefined,
  access: TenantAccess,
  withName = false,
): readonly AccessRow[] {
  const { t } = context.words;
  const { id: tenantId, name } = access.tenant;
  if (access.known.isComplete) return [];
  const gap = gapWords(context, access);
  const row = context.row(parent, `gap:${tenantId}`, {
    tenantId,
    look: () =>
      plainLook(
        withName ? t('{0}: {1}', safeText(name), gap.what) : gap.what,
        joined([gap.why, t('click to load the rest')]),
        'warning',
        'accessGap',
        { color: warning, click: { command: 'tenantExplorer.loadAll', title: t('Load the Whole Tenant') } },
      ),
  });
  return [row];
}

/** What is missing in a tenant, in a few words; empty where nothing is. */
export function tenantGapWords(context: AccessContext, access: TenantAccess): string {
  return access.known.isComplete ? '' : gapWords(context, access).what;
}

function gapWords({ words, explain }: AccessContext, { known }: TenantAccess): { what: string; why: string } {
  const { t, number } = words;
  const { groups, total, unread, lists } = known;
  const { denied, failed, throttled, partial } = lists;
  const why = joined([
    denied > 0 ? t('{0} without permission', number(denied)) : undefined,
    failed > 0 ? t('{0} failed', number(failed)) : undefined,
    throttled > 0 ? t('{0} throttled', number(throttled)) : undefined,
    partial > 0 ? t('{0} incomplete', number(partial)) : undefined,
  ]);
  if (unread > 0) return { what: t('{0} of {1} not loaded', number(unread), groupCount(words, total)), why };
  if (groups.state === 'notLoaded') return { what: t('nothing is loaded'), why };
  return { what: t('not all groups are known'), why: groups.kind ? explain({ kind: groups.kind }).what : '' };
}

/** What is not known of the groups through which somebody might come. */
export function nestingRows(
  context: AccessContext,
  { unknownGroups, isCut }: Pick<AccessResult, 'unknownGroups' | 'isCut'>,
): readonly AccessRow[] {
  const { words } = context;
  const { t, number } = words;
  const rows: AccessRow[] = [];
  if (isCut) {
    const look = () => plainLook(t('There are more ways than are shown'), '', 'warning', 'note', { color: warning });
    rows.push(context.row(undefined, 'cut:', { look }));
  }
  if (unknownGroups > 0) {
    const what =
      unknownGroups === 1
        ? t('1 nested group is not known')
        : t('{0} nested groups are not known', number(unknownGroups));
    const advice = t('what comes through them is not shown: connect the directory that they belong to');
    const click = { command: 'tenantExplorer.addTenant', title: t('Add a Tenant') };
    rows.push(
      context.row(undefined, 'unknown:', {
        look: () => plainLook(what, advice, 'question', 'note', { color: warning, click }),
      }),
    );
  }
  return rows;
}

/** Members of a group that are not known: its own, or of a group in it. */
export function withinGapRow(context: AccessContext, parent: AccessRow, gap: WithinGap): AccessRow {
  const { words } = context;
  const { t } = words;
  const { id, name, path, known } = gap;
  const where = path.length === 0 ? undefined : t('in {0}', path.map(safeText).join(' → '));
  const label = t('{0}: members not known', safeText(name));
  if (!known) {
    return context.row(parent, `gap:${JSON.stringify([id])}`, {
      look: () => plainLook(label, joined([t('no tenant that was read has this group'), where]), 'question', 'note'),
    });
  }
  const { tenantId, groupId, completeness } = known;
  return context.row(parent, `gap:${JSON.stringify([tenantId, groupId])}`, {
    tenantId,
    groupId,
    look: () =>
      plainLook(
        completeness.state === 'partial' ? t('{0}: not all members known', safeText(name)) : label,
        joined([stateWords(words, gap), where, t('click to load')]),
        'warning',
        'accessGap group',
        { color: warning, click: { command: 'tenantExplorer.refresh', title: t('Refresh') } },
      ),
  });
}

function stateWords(words: Words, { known }: WithinGap): string {
  return (known && listingState(words, known.completeness)) ?? words.t('not loaded');
}

/** What no answer about groups covers. */
export function scopeRow(context: AccessContext): AccessRow {
  const { t } = context.words;
  const label = t('Not all access is shown here');
  const what = t('items shared one by one, audiences of apps and roles on folders are not in it');
  return context.row(undefined, 'scope:', { look: () => plainLook(label, what, 'info', 'note') });
}
