import type { SnapshotChange, SnapshotComparison } from '../../core/savedSnapshots.ts';
import { safeText } from '../../core/text/text.ts';
import { joined } from '../descriptions.ts';
import { fact } from '../facts.ts';
import type { AccessContext, AccessRow } from './accessRow.ts';
import { changeRow, changesGapRow } from './changeRow.ts';
import { scopeRow } from './gapRows.ts';
import { plainLook } from './look.ts';

type What = SnapshotChange['what'];

const icons: Readonly<Record<What, string>> = {
  gained: 'diff-added',
  lost: 'diff-removed',
  changed: 'diff-modified',
  groupCame: 'diff-added',
  groupWent: 'diff-removed',
  groupRenamed: 'diff-renamed',
};

/** What changed between two snapshots of a tenant: who gained, lost and changed access, what became of groups, and gaps. */
export function changesRows(context: AccessContext, comparison: SnapshotComparison): readonly AccessRow[] {
  const { t } = context.words;
  const byWhat = Map.groupBy(comparison.changes, ({ what }) => what);
  const ofGroups: readonly [What, string][] = [
    ['groupCame', t('Groups that came')],
    ['groupWent', t('Groups that went')],
    ['groupRenamed', t('Groups renamed')],
  ];
  const section = (what: What, title: string): AccessRow => {
    const own = byWhat.get(what) ?? [];
    return sectionRow(context, { id: what, title, icon: icons[what], count: own.length }, (row) =>
      context.page(row, own, (change) => changeRow(context, row, comparison, change)),
    );
  };
  const { gaps } = comparison;
  return [
    headRow(context, comparison),
    section('gained', t('Gained access')),
    section('lost', t('Lost access')),
    section('changed', t('Changed right')),
    ...ofGroups.filter(([what]) => byWhat.has(what)).map(([what, title]) => section(what, title)),
    ...(gaps.length === 0
      ? []
      : [
          sectionRow(context, { id: 'gaps', title: t('Not known'), icon: 'warning', count: gaps.length }, (row) =>
            context.page(row, gaps, (gap) => changesGapRow(context, row, comparison, gap)),
          ),
        ]),
    scopeRow(context),
  ];
}

function headRow(context: AccessContext, { tenant, before, after, gaps }: SnapshotComparison): AccessRow {
  const { t, time } = context.words;
  const span = t('from “{0}” to “{1}”', safeText(before.label), safeText(after.label));
  const doubt = gaps.length === 0 ? undefined : t('not all is known of both');
  return context.row(undefined, 'changes:', {
    look: () => plainLook(safeText(tenant), joined([span, doubt]), 'history', 'accessChanges'),
    facts: () => [
      fact(t('From'), `${before.label} (${time(before.at)})`),
      fact(t('To'), `${after.label} (${time(after.at)})`),
    ],
  });
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly icon: string;
  readonly count: number;
}

function sectionRow(
  context: AccessContext,
  { id, title, icon, count }: Section,
  children: (row: AccessRow) => readonly AccessRow[],
): AccessRow {
  const { t, number } = context.words;
  const row: AccessRow = context.row(undefined, `changes:${id}`, {
    isOpen: true,
    look: () => plainLook(title, count === 0 ? t('none') : number(count), icon, 'accessSection'),
    ...(count === 0 ? {} : { children: () => children(row) }),
  });
  return row;
}
