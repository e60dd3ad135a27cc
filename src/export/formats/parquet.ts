import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import type { ExportHead } from '../head.ts';
import { columns, type ExportRow } from '../row.ts';
import type { Format } from './format.ts';

/** Rows that are held and written as one group: some milliseconds of work. */
const groupRows = 4_000;

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];
type Column = (typeof columns)[number];

/**
 * Parquet, for engines: a column each, `guest` true or false, `path` a list of texts, `asOf` a time in UTC. The head is in
 * the file's key-value metadata: `head` as JSON, `summary` in words. No more rows are held than a group has.
 */
export function createParquet(): Format<Uint8Array> {
  const bytes = new ByteWriter();
  let file: ParquetWriter | undefined;
  let held: ExportRow[] = [];

  function take(): Uint8Array {
    const part = bytes.getBytes().slice();
    bytes.index = 0;
    return part;
  }

  function write(): void {
    if (held.length === 0) return;
    // Into memory, so it is done when it returns.
    void file?.write({ columnData: columns.map((column) => columnOf(column, held)), rowGroupSize: groupRows });
    held = [];
  }

  return {
    begin: (head) => {
      file = new ParquetWriter({ writer: bytes, schema, kvMetadata: metadata(head), createdBy: 'Tenant Explorer' });
      return take();
    },
    rows: (rows) => {
      for (const row of rows) {
        if (held.push(row) >= groupRows) write();
      }
      return take();
    },
    end: () => {
      write();
      void file?.finish();
      return take();
    },
  };
}

function metadata(head: ExportHead): { key: string; value: string }[] {
  return [
    { key: 'summary', value: head.summary },
    { key: 'head', value: JSON.stringify(head) },
  ];
}

function columnOf(name: Column, rows: readonly ExportRow[]): ColumnSource {
  const data = name === 'asOf' ? rows.map(({ asOf }) => timeOf(asOf)) : rows.map((row) => row[name]);
  // What tells where to look is kept for these; the others are in no order, and it is all written at the end in one go.
  return { name, data, offsetIndex: false, statistics: sorted.includes(name) };
}

function timeOf(iso: string | null): Date | null {
  const time = iso === null ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? null : new Date(time);
}

/** The columns whose values lie together in the rows' order. */
const sorted: readonly Column[] = ['tenant', 'provider', 'groupName', 'groupId'];

const nullable: readonly Column[] = ['email', 'right', 'source', 'asOf'];

const schema: Schema = [{ name: 'grants', num_children: columns.length }, ...columns.flatMap(elementsOf)];

function elementsOf(name: Column): Schema {
  const repetition_type = nullable.includes(name) ? 'OPTIONAL' : 'REQUIRED';
  if (name === 'guest') return [{ name, repetition_type, type: 'BOOLEAN' }];
  if (name === 'asOf') return [{ name, repetition_type, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }];
  if (name !== 'path') return [{ name, repetition_type, type: 'BYTE_ARRAY', converted_type: 'UTF8' }];
  return [
    { name, repetition_type, converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  ];
}
