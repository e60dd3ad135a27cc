import { constants, crc32, deflateRawSync } from 'node:zlib';
import { Zip, type ZipInputFile } from 'fflate';
import { safeText } from '../../core/text/text.ts';
import { tooMuchForExcel } from '../fileProblem.ts';
import { type CellValue, sheetRow } from './excelCells.ts';
import { boldStyle, sheetBegin, sheetEnd, sheetPath, workbookFiles } from './excelWorkbook.ts';

/** Rows of a sheet of Excel, at most. */
const mostRows = 1_048_576;
/** Bytes of a sheet and of a file, at most: ZIP counts them in 32 bits. */
const mostSheetBytes = 2 ** 31;
const mostFileBytes = 2 ** 32 - 2 ** 24;

/** Rows before the first of the table: the head, and the names of the columns. */
const headRows = 2;

export interface SheetTable {
  /** Of the sheet; plain words. Further ones are numbered. */
  readonly name: string;
  /** With their widths in characters. */
  readonly columns: Readonly<Record<string, number>>;
  readonly limits?: SheetLimits;
}

/** If not as much as Excel allows. */
export interface SheetLimits {
  readonly rowsPerSheet?: number;
  readonly fileBytes?: number;
}

/** A workbook with one table, part by part. */
export interface ExcelSheets {
  begin(summary: string): Uint8Array;
  rows(rows: readonly (readonly CellValue[])[]): Uint8Array;
  end(): Uint8Array;
}

/**
 * Writes a workbook as it goes: neither its rows nor their texts are held. Each sheet begins with the summary, then the
 * names of the columns; what does not fit on one goes on in the next. Every text is a text, whatever it begins with.
 */
export function createExcelSheets({ name, columns, limits = {} }: SheetTable): ExcelSheets {
  const { rowsPerSheet = mostRows, fileBytes = mostFileBytes } = limits;
  const file = createArchive(fileBytes);
  let summary = '';
  const sheets: string[] = [];
  let sheet: Entry | undefined;
  let [row, bytes] = [0, 0];

  function put(text: string): void {
    const encoded = Buffer.from(text);
    bytes += encoded.length;
    sheet?.push(encoded);
  }

  function beginSheet(): void {
    sheets.push(sheets.length === 0 ? name : `${name} ${sheets.length + 1}`);
    sheet = file.begin(sheetPath(sheets.length));
    [row, bytes] = [headRows, 0];
    put(sheetBegin(Object.values(columns), headRows));
    put(sheetRow(1, [safeText(summary)]) + sheetRow(2, Object.keys(columns), boldStyle));
  }

  function endSheet(): void {
    put(sheetEnd);
    sheet?.push(new Uint8Array(), true);
  }

  return {
    begin: (text) => {
      summary = text;
      beginSheet();
      return file.take();
    },
    rows: (rows) => {
      let text = '';
      for (const cells of rows) {
        if (row >= rowsPerSheet || bytes + text.length > mostSheetBytes) {
          put(text);
          text = '';
          endSheet();
          beginSheet();
        }
        text += sheetRow(++row, cells);
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

/** A file in the archive that is being written. */
interface Entry {
  push(bytes: Uint8Array, isLast?: boolean): void;
}

/** A ZIP file whose bytes are taken as they come. Node's own deflate takes a quarter of the time of one in JavaScript. */
function createArchive(mostBytes: number) {
  let parts: Uint8Array[] = [];
  let size = 0;
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part);
    size += part.length;
  });
  const take = () => {
    if (size > mostBytes) throw tooMuchForExcel();
    const whole = Buffer.concat(parts);
    parts = [];
    return whole;
  };
  return {
    begin: (path: string): Entry => {
      const entry: ZipInputFile = { filename: path, size: 0, crc: 0, compression: 8 };
      zip.add(entry);
      return {
        push: (bytes, isLast = false) => {
          entry.size += bytes.length;
          entry.crc = crc32(bytes, entry.crc);
          // Each part ends with a whole byte, so that the next one can follow; the last one says that it is.
          const finishFlush = isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH;
          entry.ondata?.(null, deflateRawSync(bytes, { level: 3, finishFlush }), isLast);
        },
      };
    },
    take,
    end: () => {
      zip.end();
      return take();
    },
  };
}
