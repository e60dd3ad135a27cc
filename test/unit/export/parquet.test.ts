import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { createParquet } from '../../../src/export/formats/parquet.ts';
import type { ExportRow } from '../../../src/export/row.ts';
import { columns } from '../../../src/export/row.ts';
import { head, parts, plain } from './rows.ts';

function written(some: readonly (readonly ExportRow[])[]): ArrayBuffer {
  const format = createParquet();
  const whole = Buffer.concat([format.begin(head), ...some.map((rows) => format.rows(rows)), format.end()]);
  return new Uint8Array(whole).buffer;
}

describe('an export to Parquet', () => {
  it('gives back every row, and the head beside them', async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (some) => {
        const file = written(some);
        const rows = await parquetReadObjects({ file });
        const text = (value: string | null) => value?.toWellFormed() ?? null;
        const expected = some.flat().map(({ path, asOf, guest, completeness, ...texts }) => {
          const time = Date.parse(asOf ?? '');
          return {
            ...Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, text(value)])),
            ...{ guest, completeness, path: path.map((one) => one.toWellFormed()) },
            asOf: Number.isNaN(time) ? null : new Date(time),
          };
        });
        assert.deepEqual(rows.map(withNulls), expected);
        const metadata = parquetMetadata(file);
        assert.deepEqual(new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value])), heads);
      }),
    );
  });

  it('has a column each, typed', () => {
    const [root, ...elements] = parquetMetadata(written([])).schema;
    assert.equal(root?.num_children, columns.length);
    assert.deepEqual(
      elements.filter(({ name }) => name !== 'list' && name !== 'element').map(({ name }) => name),
      [...columns],
    );
    const typeOf = (name: string) => {
      const element = elements.find((one) => one.name === name);
      return [element?.type, element?.converted_type, element?.repetition_type];
    };
    assert.deepEqual(typeOf('guest'), ['BOOLEAN', undefined, 'REQUIRED']);
    assert.deepEqual(typeOf('asOf'), ['INT64', 'TIMESTAMP_MILLIS', 'OPTIONAL']);
    assert.deepEqual(typeOf('path'), [undefined, 'LIST', 'REQUIRED']);
    assert.deepEqual(typeOf('email'), ['BYTE_ARRAY', 'UTF8', 'OPTIONAL']);
  });

  it('writes in groups of rows, with nothing held back or written twice', async () => {
    const rows = Array.from({ length: 12_001 }, (_, at) => ({ ...plain, principalName: `p${at}` }));
    const slices = Array.from({ length: 25 }, (_, at) => rows.slice(at * 500, (at + 1) * 500)).filter(
      ({ length }) => length > 0,
    );
    const file = written(slices);
    assert.deepEqual(
      parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows)),
      [4_000, 4_000, 4_000, 1],
    );
    const read = await parquetReadObjects({ file, columns: ['principalName'] });
    assert.deepEqual(
      read.map(({ principalName }) => principalName),
      rows.map(({ principalName }) => principalName),
    );
  });
});

const heads = new Map([
  ['summary', head.summary],
  ['head', JSON.stringify(head)],
]);

/** Rows without a prototype or what else a comparison would see. */
function withNulls(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? null]));
}
