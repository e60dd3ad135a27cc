import { safeText } from '../../core/text.ts';
import type { Format } from './format.ts';
import { columns, type ExportRow } from './row.ts';

/** A paragraph and a table. Names are text in it, whatever they contain. */
export function createMarkdown(): Format {
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

/**
 * Text that Markdown shows as it is: what could begin a link, an image, HTML, an entity, code, emphasis, a formula or
 * another cell is escaped; so are the beginnings of addresses, which some make links of. One line.
 */
function literal(text: string): string {
  return safeText(text)
    .replace(/[\\`*_~[\]<>&|!#$]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}\\.`)
    .trim();
}
