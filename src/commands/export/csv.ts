import { stringify } from 'csv-stringify/sync';
import { safeText } from '../../core/text.ts';
import type { Format } from './format.ts';
import { pathCell } from './pathCell.ts';
import { columns, type ExportRow } from './row.ts';

/** As spreadsheets read it without calculating anything. */
export const csvOptions = {
  record_delimiter: 'windows',
  // Or a lone line feed in a name would stay unquoted.
  quote_record_delimiter: true,
  escape_formulas: true,
  eof: true,
  cast: { string: disarm },
} as const;

/**
 * CSV as RFC 4180 has it, in UTF-8 with a byte order mark, without which Excel reads another encoding. The head is the
 * first record, in its first field; it has as many fields as the others, so that strict readers take it.
 */
export function createCsv(): Format<string> {
  return {
    begin: ({ summary }) => {
      const head = [`# ${safeText(summary)}`, ...columns.slice(1).map(() => '')];
      return `\uFEFF${stringify([head, columns], csvOptions)}`;
    },
    rows: (rows) => stringify(rows.map(toRecord), csvOptions),
    end: () => '',
  };
}

/** Records in which nothing is calculated by a spreadsheet. */
export function csvOf(records: readonly (readonly string[])[]): string {
  return stringify(
    records.map((record) => [...record]),
    csvOptions,
  );
}

function toRecord(row: ExportRow): (string | null)[] {
  return [
    row.tenant,
    row.provider,
    row.groupName,
    row.groupId,
    row.kind,
    row.principalName,
    row.email,
    row.principalId,
    row.type,
    row.guest ? 'true' : 'false',
    row.right,
    pathCell(row.path),
    row.source,
    row.asOf,
    row.completeness,
  ];
}

/** Starts that the library leaves alone and some spreadsheet skips: line breaks and what is not seen. */
const hiddenStart = /^(?:\n|[\s\p{Cc}\p{Cf}]+[-=+@\uFF0B\uFF0D\uFF1D\uFF20])/u;

/** An apostrophe makes a text of what a spreadsheet would calculate; the library sees to the plain cases. */
function disarm(text: string): string {
  // Nearly all texts begin with a letter or a digit.
  return text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f ? text : hiddenStart.test(text) ? `'${text}` : text;
}
