import type { FindingCoverage, FindingId } from '../core/findings/findings.ts';
import { cellsOf, type FindingExportRow, findingColumns, findingWidths } from './findingRows.ts';
import type { ExcelSheets, SheetTable } from './formats/excelSheets.ts';
import type { Part } from './formats/format.ts';
import { literal } from './formats/literal.ts';

/** Checks of which no row means nothing. */
export interface NotMade {
  readonly turnedOff: readonly FindingId[];
  readonly notApplicable: readonly { readonly tenant: string; readonly checks: readonly FindingId[] }[];
}

export interface FindingHead {
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  readonly coverage: readonly FindingCoverage[];
  readonly notMade: NotMade;
  /** In words, with what no finding covers. */
  readonly summary: string;
}

/** How an export of findings is written, part by part. */
export interface FindingFormat {
  begin(head: FindingHead): Part;
  /** Some rows; never none. */
  rows(rows: readonly FindingExportRow[]): Part;
  end(): Part;
}

export interface FindingFormatEntry {
  readonly label: string;
  /** Of the file's name, without the dot. */
  readonly extension: string;
  create(): Promise<FindingFormat>;
}

/** In the order in which they are offered. */
export const findingFormats: readonly FindingFormatEntry[] = [
  { label: 'CSV', extension: 'csv', create: async () => createCsv(await import('./formats/csv.ts')) },
  { label: 'JSON', extension: 'json', create: async () => createJson() },
  { label: 'Markdown', extension: 'md', create: async () => createMarkdown() },
  {
    label: 'Excel',
    extension: 'xlsx',
    create: async () => createExcel((await import('./formats/excelSheets.ts')).createExcelSheets),
  },
];

function createCsv({ csvHead, csvOf }: typeof import('./formats/csv.ts')): FindingFormat {
  return {
    begin: ({ summary }) => csvHead(summary, findingColumns),
    rows: (rows) => csvOf(rows.map(cellsOf)),
    end: () => '',
  };
}

function createExcel(createSheets: (table: SheetTable) => ExcelSheets): FindingFormat {
  const sheets = createSheets({ name: 'Findings', columns: findingWidths });
  return {
    begin: ({ summary }) => sheets.begin(summary),
    rows: (rows) => sheets.rows(rows.map(cellsOf)),
    end: sheets.end,
  };
}

function createJson(): FindingFormat {
  let separator = '\n';
  return {
    begin: (head) => `{"head":${JSON.stringify(head)},\n"findings":[`,
    rows: (rows) => {
      const text = separator + rows.map((row) => JSON.stringify(row)).join(',\n');
      separator = ',\n';
      return text;
    },
    end: () => '\n]}\n',
  };
}

function createMarkdown(): FindingFormat {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return {
    begin: ({ summary }) => `${literal(summary)}\n\n${line(findingColumns)}${line(findingColumns.map(() => '---'))}`,
    rows: (rows) => rows.map((row) => line(cellsOf(row).map(literal))).join(''),
    end: () => '',
  };
}
