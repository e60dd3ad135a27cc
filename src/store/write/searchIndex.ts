import { wordStarts } from '../../core/searchText.ts';
import type { Sql } from '../sql.ts';

/** Makes a principal findable by parts of its name and e-mail. @param folded its `searchText` */
export function indexPrincipal(sql: Sql, key: number, folded: string): void {
  sql.run('INSERT INTO part (rowid, text) VALUES (?, ?)', key, folded);
  sql.run('INSERT INTO start (rowid, text) VALUES (?, ?)', key, wordStarts(folded));
}

/** Principals that one reading brings. */
const sliceRows = 5000;

/** Makes the index anew of the principals that there are: nothing of those that are gone stays in it. */
export function reindex(sql: Sql): void {
  for (const table of ['part', 'start']) sql.run(`INSERT INTO ${table} (${table}) VALUES ('delete-all')`);
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

export function countPrincipals(sql: Sql): number {
  return sql.get<{ count: number }>('SELECT count(*) AS count FROM principal')?.count ?? 0;
}
