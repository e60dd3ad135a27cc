import { columns, type ExportRow } from '../row.ts';
import type { CellValue } from './excelCells.ts';
import { createExcelSheets, type SheetLimits } from './excelSheets.ts';
import type { Format } from './format.ts';
import { pathCell } from './pathCell.ts';

const widths: Readonly<Record<(typeof columns)[number], number>> = {
  ...{ tenant: 20, provider: 10, groupName: 30, groupId: 38, kind: 14, principalName: 28, email: 34, principalId: 38 },
  ...{ type: 10, guest: 8, right: 14, path: 30, source: 10, asOf: 25, completeness: 14 },
};

/** An Excel workbook with a row a grant. */
export function createExcel(limits: SheetLimits = {}): Format<Uint8Array> {
  const sheets = createExcelSheets({ name: 'Access', columns: widths, limits });
  return {
    begin: ({ summary }) => sheets.begin(summary),
    rows: (rows) => sheets.rows(rows.map(cellsOf)),
    end: sheets.end,
  };
}

function cellsOf(row: ExportRow): readonly CellValue[] {
  return columns.map((column) => (column === 'path' ? pathCell(row.path) : row[column]));
}
