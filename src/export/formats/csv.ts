import { stringify } from 'csv-stringify/sync';
import { safeText } from '../../core/text/text.ts';
import { columns, type ExportRow } from '../row.ts';
import type { Format } from './format.ts';
import { pathCell } from './pathCell.ts';

/** As spreadsheets read it without calculating anything. */
const csvOptions = {
  record_delimiter: 'windows',
  // Or a lone line feed in a name would stay unquoted.
  quote_record_delimiter: true,
  escape_formulas: true,
  eof: true,
  cast: { string: disarm },
} as const;

const fieldOptions = { ...csvOptions, eof: false } as const;

/** CSV as RFC 4180 has it. */
export function createCsv(): Format<string> {
  const record = createRecord();
  return {
    begin: ({ summary }) => csvHead(summary, columns),
    rows: (rows) => {
      let text = '';
      for (const row of rows) text += record(row);
      return text;
    },
    end: () => '',
  };
}

/**
 * What a CSV file begins with: a byte order mark, without which Excel reads another encoding than UTF-8, the summary as a
 * remark, and the names of the columns. The remark's record has as many fields as the others, so that strict readers take it.
 */
export function csvHead(summary: string, names: readonly string[]): string {
  return `\uFEFF${csvOf([[`# ${safeText(summary)}`, ...names.slice(1).map(() => '')], names])}`;
}

/** Records in which nothing is calculated by a spreadsheet. @param separators if not those of CSV */
export function csvOf(
  records: readonly (readonly string[])[],
  separators: { readonly delimiter?: string; readonly record_delimiter?: string } = {},
): string {
  return stringify([...records], { ...csvOptions, ...separators });
}

/** Writes records one by one. What a group's records begin and end with stands there once for all of them. */
function createRecord(): (row: ExportRow) => string {
  let before: ExportRow | undefined;
  let [start, end] = ['', ''];
  return (row) => {
    if (!before || !isOfSameGroup(row, before)) {
      const { tenant, provider, groupName, groupId, kind, asOf, completeness } = row;
      start = `${[tenant, provider, groupName, groupId, kind].map(field).join(',')},`;
      end = `,${field(asOf)},${completeness}\r\n`;
    }
    before = row;
    const { principalName, email, principalId, type, guest, right, path, source } = row;
    const who = `${field(principalName)},${field(email)},${field(principalId)},${field(type)},${guest}`;
    return `${start}${who},${field(right)},${field(pathCell(path))},${field(source)}${end}`;
  };
}

function isOfSameGroup(one: ExportRow, other: ExportRow): boolean {
  return (
    one.groupId === other.groupId &&
    one.groupName === other.groupName &&
    one.kind === other.kind &&
    one.tenant === other.tenant &&
    one.provider === other.provider &&
    one.asOf === other.asOf &&
    one.completeness === other.completeness
  );
}

/** Nearly all texts: nothing to quote in them, and a start that no spreadsheet takes for a formula's. */
const plain = /^[\p{L}\p{N}[][^",\r\n]*$/u;

/** A field as the library writes it, which is asked only where there is something to see to. */
function field(text: string | null): string {
  if (text === null || text === '') return '';
  return plain.test(text) ? text : stringify([[text]], fieldOptions);
}

/** Starts that the library leaves alone and some spreadsheet skips: line breaks and what is not seen. */
const hiddenStart = /^(?:\n|[\s\p{Cc}\p{Cf}]+[-=+@\uFF0B\uFF0D\uFF1D\uFF20])/u;

/** An apostrophe makes a text of what a spreadsheet would calculate; the library sees to the plain cases. */
function disarm(text: string): string {
  // Nearly all texts begin with a letter or a digit.
  return text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f ? text : hiddenStart.test(text) ? `'${text}` : text;
}
