import { wordStarts } from '../../core/text/searchText.ts';
import type { Sql } from '../sql.ts';

/** Makes a principal findable by parts of its name and e-mail. @param folded its `searchText` */
export function indexPrincipal(sql: Sql, key: number, folded: string): void {
  sql.run('INSERT INTO part (rowid, text) VALUES (?, ?)', key, folded);
  sql.run('INSERT INTO start (rowid, text) VALUES (?, ?)', key, wordStarts(folded));
}

/** Makes a group findable by parts of its name. @param folded the name, folded */
export function indexGroup(sql: Sql, key: number, folded: string): void {
  sql.run('INSERT INTO group_part (rowid, text) VALUES (?, ?)', key, folded);
  sql.run('INSERT INTO group_start (rowid, text) VALUES (?, ?)', key, wordStarts(folded));
}

/** The same for one whose name was another. */
export function reindexGroup(sql: Sql, key: number, folded: string): void {
  for (const table of ['group_part', 'group_start']) sql.run(`DELETE FROM ${table} WHERE rowid = ?`, key);
  indexGroup(sql, key, folded);
}

/** Principals that one reading brings. */
const sliceRows = 5000;

/** Makes the index anew of what there is: nothing of what is gone stays in it. */
export function reindex(sql: Sql): void {
  for (const table of ['group_part', 'group_start', 'part', 'start'])
    sql.run(`INSERT INTO ${table} (${table}) VALUES ('delete-all')`);
  for (const { key, folded } of sql.all<{ key: number; folded: string }>('SELECT key, folded FROM grp'))
    indexGroup(sql, key, folded);
  for (let after = 0; ; ) {
    const rows = sql.all<{ key: number; folded: string }>(
      `SELECT key, folded FROM principal WHERE key > ? ORDER BY key LIMIT ${sliceRows}`,
      after,
    );
    for (const { key, folded } of rows) indexPrincipal(sql, key, folded);
    const last = rows.at(-1);
    if (rows.length < sliceRows || !last) return;
    after = last.key;
  }
}

/** Of what the index holds: where it changes, something is gone. */
export function countIndexed(sql: Sql): number {
  const counted = 'SELECT (SELECT count(*) FROM principal) + (SELECT count(*) FROM grp) AS count';
  return sql.get<{ count: number }>(counted)?.count ?? 0;
}
