import type { SnapshotComparison } from '../core/savedSnapshots.ts';
import type { Translate } from '../core/text/translate.ts';
import { type ChangeRow, changeCells, changeColumns, changeRow, gapRow } from './changeRows.ts';
import { changesSummary } from './changesSummary.ts';
import { comparisonReport } from './comparison.ts';
import type { Part } from './formats/format.ts';

/** Rows that are written in one go. */
const rowsAtOnce = 500;

export interface ChangeFormat {
  readonly label: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
  parts(comparison: SnapshotComparison, t: Translate): AsyncIterable<Part>;
}

/** In the order in which they are offered. */
export const changeFormats: readonly ChangeFormat[] = [
  { label: 'CSV', extension: 'csv', parts: csvParts },
  { label: 'JSON', extension: 'json', parts: jsonParts },
  { label: 'Markdown', extension: 'md', parts: markdownParts },
  { label: 'Excel', extension: 'xlsx', parts: excelParts },
];

async function* csvParts(comparison: SnapshotComparison, t: Translate): AsyncGenerator<Part> {
  const { csvHead, csvOf } = await import('./formats/csv.ts');
  yield csvHead(changesSummary(t, comparison), Object.keys(changeColumns));
  for (const rows of slices(comparison)) yield csvOf(rows.map(changeCells));
}

async function* excelParts(comparison: SnapshotComparison, t: Translate): AsyncGenerator<Part> {
  const { createExcelSheets } = await import('./formats/excelSheets.ts');
  const sheets = createExcelSheets({ name: 'Changes', columns: changeColumns });
  yield sheets.begin(changesSummary(t, comparison));
  for (const rows of slices(comparison)) yield sheets.rows(rows.map(changeCells));
  yield sheets.end();
}

/** The same as is shown as JSON, a line a change. */
async function* jsonParts(comparison: SnapshotComparison, t: Translate): AsyncGenerator<Part> {
  const { tenant, before, after, changes, gaps } = comparison;
  const head = { tenant, before, after, summary: changesSummary(t, comparison) };
  yield `{"head":${JSON.stringify(head)},\n"changes":[`;
  for (let at = 0; at < changes.length; at += rowsAtOnce) {
    const lines = changes.slice(at, at + rowsAtOnce).map((change) => JSON.stringify(change));
    yield `${at === 0 ? '\n' : ',\n'}${lines.join(',\n')}`;
  }
  yield `\n],\n"gaps":${JSON.stringify(gaps)}}\n`;
}

async function* markdownParts(comparison: SnapshotComparison, t: Translate): AsyncGenerator<Part> {
  yield comparisonReport(comparison, t);
}

function* slices({ tenant, changes, gaps }: SnapshotComparison): Generator<readonly ChangeRow[]> {
  for (let at = 0; at < changes.length; at += rowsAtOnce)
    yield changes.slice(at, at + rowsAtOnce).map((change) => changeRow(tenant, change));
  for (let at = 0; at < gaps.length; at += rowsAtOnce)
    yield gaps.slice(at, at + rowsAtOnce).map((gap) => gapRow(tenant, gap));
}
