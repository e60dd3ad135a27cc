import { Zip, ZipDeflate } from 'fflate';
import { AppError } from '../../core/errors.ts';
import { safeText } from '../../core/text.ts';
import { type CellValue, sheetRow } from './excelCells.ts';
import { boldStyle, sheetBegin, sheetEnd, sheetPath, workbookFiles } from './excelWorkbook.ts';
import type { Format } from './format.ts';
import { pathCell } from './pathCell.ts';
import { columns, type ExportRow } from './row.ts';

/** Rows of a sheet of Excel, at most. */
const mostRows = 1_048_576;
/** Bytes of a sheet and of a file, at most: ZIP counts them in 32 bits. */
const [mostOfSheet, mostOfFile] = [2 ** 31, 2 ** 32 - 2 ** 24];

/** Rows before the first grant: the head, and the names of the columns. */
const headRows = 2;

const widths: Readonly<Record<(typeof columns)[number], number>> = {
  ...{ tenant: 20, provider: 10, groupName: 30, groupId: 38, kind: 14, principalName: 28, email: 34, principalId: 38 },
  ...{ type: 10, guest: 8, right: 14, path: 30, source: 10, asOf: 25, completeness: 14 },
};

/**
 * An Excel workbook, written as it goes: neither its rows nor their texts are held. Each sheet begins with the head, then
 * the names of the columns; what does not fit on one goes on in the next. Every text is a text, whatever it begins with.
 */
export function createExcel(rowsPerSheet = mostRows): Format<Uint8Array> {
  const file = createArchive();
  let summary = '';
  const sheets: string[] = [];
  let sheet: ZipDeflate | undefined;
  let [row, bytes] = [0, 0];

  function put(text: string): void {
    const encoded = Buffer.from(text);
    bytes += encoded.length;
    sheet?.push(encoded);
  }

  function beginSheet(): void {
    sheets.push(sheets.length === 0 ? 'Access' : `Access ${sheets.length + 1}`);
    sheet = file.begin(sheetPath(sheets.length));
    [row, bytes] = [headRows, 0];
    const begin = sheetBegin(
      columns.map((column) => widths[column]),
      headRows,
    );
    put(begin + sheetRow(1, [safeText(summary)]) + sheetRow(2, columns, boldStyle));
  }

  function endSheet(): void {
    put(sheetEnd);
    sheet?.push(new Uint8Array(), true);
  }

  return {
    begin: (head) => {
      summary = head.summary;
      beginSheet();
      return file.take();
    },
    rows: (rows) => {
      let text = '';
      for (const each of rows) {
        if (row >= rowsPerSheet || bytes + text.length > mostOfSheet) {
          put(text);
          text = '';
          endSheet();
          beginSheet();
        }
        text += sheetRow(++row, cellsOf(each));
      }
      put(text);
      return file.take();
    },
    end: () => {
      endSheet();
      for (const [path, text] of workbookFiles(sheets)) file.begin(path).push(Buffer.from(text), true);
      return file.end();
    },
  };
}

function cellsOf(row: ExportRow): readonly CellValue[] {
  return columns.map((column) => (column === 'path' ? pathCell(row.path) : row[column]));
}

/** A ZIP file whose bytes are taken as they come. */
function createArchive() {
  let parts: Uint8Array[] = [];
  let size = 0;
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
    size += part.length;
  });
  const take = () => {
    if (size > mostOfFile)
      throw new AppError('invalid', 'That is too much for an Excel file. Export it as Parquet or CSV.');
    const whole = Buffer.concat(parts);
    parts = [];
    return whole;
  };
  return {
    begin: (path: string) => {
      const entry = new ZipDeflate(path, { level: 3 });
      zip.add(entry);
      return entry;
    },
    take,
    end: () => {
      zip.end();
      return take();
    },
  };
}
