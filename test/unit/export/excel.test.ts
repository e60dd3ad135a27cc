import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { fileProblem } from '../../../src/export/fileProblem.ts';
import { createExcel } from '../../../src/export/formats/excel.ts';
import type { SheetLimits } from '../../../src/export/formats/excelSheets.ts';
import { columns, type ExportRow } from '../../../src/export/row.ts';
import { fromFailureData, toFailureData } from '../../../src/export/threadProtocol.ts';
import { translate } from '../../support/fakeCommandDeps.ts';
import { readExcel } from '../../support/readExcel.ts';
import { head, hostileStarts, parts, plain } from './rows.ts';

function written(some: readonly (readonly ExportRow[])[], limits: SheetLimits = {}) {
  const format = createExcel(limits);
  return readExcel(Buffer.concat([format.begin(head), ...some.map((rows) => format.rows(rows)), format.end()]));
}

const cells = (row: ExportRow) =>
  columns.map((column) => {
    const value = row[column];
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  });

describe('an export to Excel', () => {
  it('gives back every row', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const [sheet, ...others] = written(some);
        assert.deepEqual([sheet?.name, others], ['Access', []]);
        const [first, names, ...rows] = sheet?.rows ?? [];
        assert.deepEqual([first?.[0], names], ['All of it. Really.', [...columns]]);
        // Half a character is in no file; it becomes U+FFFD, as in every other format.
        const expected = some
          .flat()
          .map((row) => cells(row).map((cell) => (typeof cell === 'string' ? cell.toWellFormed() : cell)));
        assert.deepEqual(rows, expected);
      }),
    );
  });

  it('writes what would be calculated as the text that it is', () => {
    const [sheet] = written([hostileStarts.map((principalName) => ({ ...plain, principalName }))]);
    assert.deepEqual(
      sheet?.rows.slice(2).map((row) => row[5]),
      hostileStarts,
    );
  });

  it('goes on in another sheet where one is full, with the head and the columns again', () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((principalName) => ({ ...plain, principalName }));
    const sheets = written([rows.slice(0, 1), rows.slice(1)], { rowsPerSheet: 4 });
    assert.deepEqual(
      sheets.map(({ name, rows: own }) => [name, own.map((row) => row[5])]),
      [
        ['Access', [null, 'principalName', 'a', 'b']],
        ['Access 2', [null, 'principalName', 'c', 'd']],
        ['Access 3', [null, 'principalName', 'e']],
      ],
    );
    for (const { rows: own } of sheets) assert.equal(own[0]?.[0], 'All of it. Really.');
  });

  it('ends before the file is larger than it can be, and says which formats hold more', () => {
    const rows = Array.from({ length: 50 }, () => ({ ...plain, principalName: randomUUID() }));
    const problemOf = (extensions: readonly string[]) => {
      try {
        written([rows, rows], { fileBytes: 5000 });
      } catch (error) {
        // As when it comes from the thread that writes.
        return fileProblem(translate, fromFailureData(toFailureData(error)), extensions);
      }
      return undefined;
    };
    const words = 'The file was not written. That is too much for an Excel file: choose CSV';
    assert.equal(problemOf(['csv', 'xlsx']), `${words}.`);
    assert.equal(problemOf(['csv', 'xlsx', 'parquet']), `${words} or Parquet.`);
    assert.equal(written([rows, rows], { fileBytes: 50_000 })[0]?.rows.length, 102);
  });

  it('cuts a text that no cell holds, and says so', () => {
    const [sheet] = written([[{ ...plain, principalName: 'x'.repeat(40_000) }]]);
    assert.equal(sheet?.rows[2]?.[5], `${'x'.repeat(32_766)}…`);
  });
});
