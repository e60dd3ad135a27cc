import type { DatabaseSync } from 'node:sqlite';
import type { Sql } from './sql.ts';

type Row = Readonly<Record<string, null | number | bigint | string | Uint8Array>>;

/** The change log of a damaged store, newest first, as far as it can be read: nothing else remembers what was changed. */
export function readLog(db: DatabaseSync): readonly Row[] {
  const rows: Row[] = [];
  try {
    for (const row of db.prepare('SELECT * FROM change_log ORDER BY key DESC').iterate()) rows.push(row);
  } catch {
    // What was read until here is what there is; a store of an older version has none.
  }
  return rows;
}

/** Writes entries into a fresh log, under the same keys: others of them name these. */
export function writeLog(sql: Sql, rows: readonly Row[]): void {
  const known = new Set(sql.all<{ name: string }>('PRAGMA table_info(change_log)').map(({ name }) => name));
  for (const row of rows) {
    const names = Object.keys(row).filter((name) => known.has(name));
    const places = names.map(() => '?').join(', ');
    const values = names.map((name) => row[name] as null | number | string);
    sql.run(`INSERT OR IGNORE INTO change_log (${names.join(', ')}) VALUES (${places})`, ...values);
  }
}
