import { columns, type ExportRow } from '../row.ts';
import type { Format } from './format.ts';
import { literal } from './literal.ts';

/** A paragraph and a table. Names are text in it, whatever they contain. */
export function createMarkdown(): Format<string> {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return {
    begin: ({ summary }) => `${literal(summary)}\n\n${line(columns)}${line(columns.map(() => '---'))}`,
    rows: (rows) => rows.map((row) => line(columns.map((column) => literal(cell(row, column))))).join(''),
    end: () => '',
  };
}

function cell(row: ExportRow, column: (typeof columns)[number]): string {
  if (column === 'path') return row.path.length === 0 ? 'direct' : row.path.join(' → ');
  return String(row[column] ?? '');
}
