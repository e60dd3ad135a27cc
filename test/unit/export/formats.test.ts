import assert from 'node:assert/strict';
import fc from 'fast-check';
import { safeText } from '../../../src/core/text/text.ts';
import { createCsv, csvOf } from '../../../src/export/formats/csv.ts';
import type { Format } from '../../../src/export/formats/format.ts';
import { createJson } from '../../../src/export/formats/json.ts';
import { createMarkdown } from '../../../src/export/formats/markdown.ts';
import { createNdjson } from '../../../src/export/formats/ndjson.ts';
import { columns, type ExportRow } from '../../../src/export/row.ts';
import { parseStrictCsv } from '../../support/strictCsv.ts';
import { head, hostileStarts, parts, plain } from './rows.ts';

function written(format: Format<string>, some: readonly (readonly ExportRow[])[]): string {
  return format.begin(head) + some.map((rows) => format.rows(rows)).join('') + format.end();
}

describe('the formats of an export', () => {
  it('CSV gives back every row, with an apostrophe before what would be calculated', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const file = written(createCsv(), some);
        assert.equal(file[0], '\uFEFF');
        const [first, names, ...records] = parseStrictCsv(file.slice(1));
        assert.deepEqual([first?.[0], names], ['# All of it. Really.', [...columns]]);
        const expected = some.flat().map((each) =>
          columns.map((column) => {
            const value = each[column];
            return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
          }),
        );
        assert.equal(records.length, expected.length);
        for (const [i, record] of records.entries()) {
          for (const [j, field] of record.entries()) {
            assert.doesNotMatch(field, /^[\s\p{Cc}\p{Cf}]*[-=+@＝＋－＠]|^[\t\r\n]/u);
            const value = expected[i]?.[j] ?? '';
            assert.ok(
              field === value || field === `'${value}`,
              `${JSON.stringify(field)} for ${JSON.stringify(value)}`,
            );
          }
        }
      }),
    );
  });

  it('CSV leaves plain names alone', () => {
    const name = (text: string) => parseStrictCsv(createCsv().rows([{ ...plain, principalName: text }]))[0]?.[5];
    for (const text of ["O'Neil", 'Zoë', '田中', 'a-b', 'x=y', '1+1', '(=1)']) assert.equal(name(text), text);
    for (const text of hostileStarts) assert.equal(name(text), `'${text}`);
  });

  it('CSV writes every row as the library does, whatever row was before', () => {
    const byLibrary = (row: ExportRow) =>
      csvOf([columns.map((column) => (column === 'path' ? JSON.stringify(row.path) : String(row[column] ?? '')))]);
    const isAsByLibrary = (rows: readonly ExportRow[]) =>
      assert.equal(createCsv().rows(rows), rows.map(byLibrary).join(''));
    fc.assert(fc.property(parts, (some) => isAsByLibrary(some.flat())));
    for (const text of [
      ...hostileStarts,
      '',
      '[',
      '[a]',
      'Doe, Jane',
      'a"b',
      'a\rb',
      'a\nb',
      'ａ',
      'ー',
      '٣',
      '\u3164=1',
    ]) {
      for (const column of columns) {
        if (column === 'path') isAsByLibrary([{ ...plain, path: [text, text] }]);
        else if (column !== 'guest' && column !== 'completeness')
          isAsByLibrary([plain, { ...plain, [column]: text }, plain]);
      }
    }
    isAsByLibrary([plain, { ...plain, guest: true, completeness: 'partial' }, plain]);
  });

  it('JSON and NDJSON give back every row as it is', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const json = JSON.parse(written(createJson(), some));
        assert.deepEqual(json, JSON.parse(JSON.stringify({ head, grants: some.flat() })));
        const lines = written(createNdjson(), some).trimEnd().split('\n');
        assert.deepEqual(
          lines.map((line) => JSON.parse(line)),
          JSON.parse(JSON.stringify([{ head }, ...some.flat()])),
        );
      }),
    );
  });

  it('Markdown shows every name as text, in a cell of its own', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const [summary, empty, names, rule, ...lines] = written(createMarkdown(), some).trimEnd().split('\n');
        assert.deepEqual([summary, empty], ['All of it. Really.', '']);
        assert.equal(names, `| ${columns.join(' | ')} |`);
        assert.match(rule ?? '', /^\|( --- \|){15}$/);
        assert.equal(lines.length, some.flat().length);
        for (const [i, line] of lines.entries()) {
          // What is not escaped: no markup, and as many cells as there are columns.
          const bare = line.replace(/\\[!-/:-@[-`{-~]/g, '');
          assert.doesNotMatch(bare, /[\\`*_~[\]<>&!#$]|:\/\/|www\./i);
          assert.equal(bare.match(/\|/g)?.length, columns.length + 1);
          const cells =
            line
              .slice(2, -2)
              .match(/(?:\\.|[^|\\])*/gu)
              ?.filter((_, at) => at % 2 === 0) ?? [];
          const name = cells[5]?.trim().replace(/\\([!-/:-@[-`{-~])/g, '$1');
          assert.equal(name, safeText(some.flat()[i]?.principalName ?? '').trim());
        }
      }),
    );
  });
});
