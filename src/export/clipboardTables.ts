import type { SnapshotComparison } from '../core/savedSnapshots.ts';
import { safeText } from '../core/text/text.ts';
import type { Translate } from '../core/text/translate.ts';
import { changeCells, changeColumns, changeRow, gapRow } from './changeRows.ts';
import { changesSummary } from './changesSummary.ts';
import type { ComparedRecord, ComparedSide } from './comparedRecords.ts';
import { csvOf } from './formats/csv.ts';
import type { ExportRow } from './row.ts';

/** Grants as lines with tabs between the cells, made harmless for spreadsheets as CSV is. */
export function grantsTable(t: Translate, summary: string, grants: readonly ExportRow[]): string {
  const columns = [t('Tenant'), t('Group'), t('Who'), t('E-mail'), t('Guest'), t('Right'), t('Path'), t('As of')];
  const rows = grants.map(({ tenant, groupName, principalName, email, guest, right, path, asOf }) => [
    ...[tenant, groupName, principalName, email ?? '', guest ? t('Guest') : '', right ?? ''],
    ...[pathText(t, path), asOf ?? ''],
  ]);
  return table([[`# ${safeText(summary)}`], columns, ...rows]);
}

/** What two have, side by side. */
export function comparedTable(
  t: Translate,
  summary: string,
  [one = '', other = '']: readonly string[],
  records: readonly ComparedRecord[],
): string {
  const words: Readonly<Record<ComparedRecord['difference'], string>> = {
    onlyFirst: t('only {0}', one),
    onlySecond: t('only {0}', other),
    differentRights: t('different rights'),
    same: t('same rights'),
  };
  const columns = [
    ...[t('Difference'), t('Tenant'), t('Group'), t('Who')],
    ...[one, other].flatMap((name) => [t('{0}: right', name), t('{0}: path', name)]),
  ];
  const rows = records.map(({ difference, tenant, group, member, first, second }) => [
    ...[words[difference], tenant, group ?? '', member ?? ''],
    ...[first, second].flatMap((side) => cellsOf(t, side)),
  ]);
  return table([[`# ${safeText(summary)}`], columns, ...rows]);
}

/** What changed between two snapshots. */
export function changesTable(t: Translate, comparison: SnapshotComparison): string {
  const { tenant, changes, gaps } = comparison;
  const rows = [...changes.map((one) => changeRow(tenant, one)), ...gaps.map((one) => gapRow(tenant, one))];
  const head = [`# ${safeText(changesSummary(t, comparison))}`];
  return table([head, Object.keys(changeColumns), ...rows.map(changeCells)]);
}

function cellsOf(t: Translate, { access, rights, paths }: ComparedSide): readonly string[] {
  if (access === 'none') return [t('none'), ''];
  if (access === 'notKnown') return [t('not known'), ''];
  return [rights.join(', ') || t('member'), paths.map((path) => pathText(t, path)).join('; ')];
}

function pathText(t: Translate, path: readonly string[]): string {
  return path.length === 0 ? t('direct') : path.join(' → ');
}

function table(rows: readonly (readonly string[])[]): string {
  return csvOf(rows, { delimiter: '\t', record_delimiter: '\n' });
}
