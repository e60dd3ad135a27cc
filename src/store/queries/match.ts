import { isUnspaced, type Term, wordsOf } from '../../core/text/searchText.ts';
import type { Sql } from '../sql.ts';

/** The first slices are small: most searches end with them. */
const firstRows = 200;
const sliceRows = 1000;

/** Keys looked through at once where no index helps. */
const keysAtOnce = 10_000;

/** More would hardly narrow the search. */
const mostParts = 16;

/**
 * Keys of principals that may have all the terms, in ascending order, slice by slice: a superset, to be looked at by
 * `hasTerms`. Parts of three characters come from an index of trigrams; where there is none among the terms, the first
 * letters of words from one of these; where a term is neither, all are candidates.
 */
export function* candidates(sql: Sql, terms: readonly Term[]): Generator<readonly number[]> {
  const long = terms.filter(({ isShort }) => !isShort);
  const lookUp =
    long.length > 0 ? { table: 'part', query: partsQuery(long) } : { table: 'start', query: startsQuery(terms) };
  if (lookUp.query === '') yield* all(sql);
  else yield* found(sql, lookUp.table, lookUp.query);
}

/** Principals whose whole id this is: of the service, or the one that all services know. */
export function principalsWithId(sql: Sql, id: string): number[] {
  const rows = sql.all<{ key: number }>(
    `SELECT p.key FROM tenant t CROSS JOIN principal p ON p.tenant = t.key AND p.id IN (?1, lower(?1), upper(?1))
     UNION SELECT key FROM principal WHERE object = lower(?1)
     UNION SELECT key FROM principal WHERE identifier = ?1 COLLATE NOCASE ORDER BY 1`,
    id,
  );
  return rows.map(({ key }) => key);
}

/** What a principal is searched by. */
export function readFolded(sql: Sql, key: number): string | undefined {
  return sql.get<{ folded: string }>('SELECT folded FROM principal WHERE key = ?', key)?.folded;
}

/**
 * The terms in parts of three characters, side by side: the index knows that a text has them, not where, and each of all
 * the others would cost as much and tell little.
 */
export function partsQuery(terms: readonly Term[]): string {
  const parts = new Set<string>();
  for (const { text } of terms) {
    const characters = [...text];
    for (let at = 0; at < characters.length; at += 3) {
      const from = Math.max(0, Math.min(at, characters.length - 3));
      parts.add(characters.slice(from, from + 3).join(''));
    }
  }
  return [...parts].slice(0, mostParts).map(quoted).join(' AND ');
}

/** How the words of the terms begin, for the indexes of one and two characters. */
export function startsQuery(terms: readonly Term[]): string {
  // What stands before a character that begins anywhere may be the end of a longer word.
  const words = terms.flatMap(({ text }) => wordsOf(text).filter((word) => !isUnspaced(text) || isUnspaced(word)));
  return [...new Set(words)].map(quoted).join(' AND ');
}

function* found(sql: Sql, table: string, query: string): Generator<readonly number[]> {
  for (let [after, limit] = [0, firstRows]; ; limit = sliceRows) {
    const rows = sql.tuples<readonly [number]>(
      `SELECT rowid FROM ${table} WHERE ${table} MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?`,
      query,
      after,
      limit,
    );
    yield rows.map(([key]) => key);
    const last = rows.at(-1);
    if (rows.length < limit || !last) return;
    [after] = last;
  }
}

function* all(sql: Sql): Generator<readonly number[]> {
  const last = sql.get<{ key: number | null }>('SELECT max(key) AS key FROM principal')?.key ?? 0;
  for (let from = 0; from < last; from += keysAtOnce) {
    const rows = sql.all<{ key: number }>(
      'SELECT key FROM principal WHERE key > ?1 AND key <= ?1 + ?2 ORDER BY key',
      from,
      keysAtOnce,
    );
    yield rows.map(({ key }) => key);
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
