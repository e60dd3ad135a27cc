import type { SQLInputValue } from 'node:sqlite';
import type { PageOptions } from '../../core/store.ts';
import type { Sql } from '../sql.ts';

/** The values that a query is ordered by, of one of its rows: unlike those of every other row. */
export type Place = readonly SQLInputValue[];

/** A query whose pages are asked for one after the other. */
export interface PagedQuery<Row> {
  /** Equal for the same rows in the same order. */
  readonly id: string;
  /** Reads rows from the first one on, or those behind a place. */
  read(page: PageOptions, behind?: Place): Row[];
  placeOf(row: Row): Place;
}

/** Reads the pages of one connection's queries. */
export interface Pages {
  readonly sql: Sql;
  read<Row>(query: PagedQuery<Row>, page: PageOptions): Row[];
}

/** Queries, and places of each, that are remembered; the oldest go. */
const maximumQueries = 32;
const maximumPlaces = 256;

/**
 * A page by its offset costs as much as all pages before it. So it is remembered where pages ended, and the nearest
 * such place before a page is where its reading begins; until anything is written, by whichever connection.
 */
export function createPages(sql: Sql): Pages {
  const queries = new Map<string, Map<number, Place>>();
  let seen: number | undefined;

  function placesOf(id: string): Map<number, Place> {
    const places = queries.get(id) ?? new Map<number, Place>();
    queries.delete(id);
    queries.set(id, places);
    if (queries.size > maximumQueries) dropFirst(queries);
    return places;
  }

  function forgetIfWritten(): void {
    const version = sql.get<{ data_version: number }>('PRAGMA data_version')?.data_version;
    if (version === seen) return;
    queries.clear();
    seen = version;
  }

  function readPage<Row>(query: PagedQuery<Row>, { offset, limit }: PageOptions): Row[] {
    forgetIfWritten();
    const places = placesOf(query.id);
    let start = 0;
    for (const at of places.keys()) if (at > start && at <= offset) start = at;
    const rows = query.read({ offset: offset - start, limit }, places.get(start));
    const last = rows.at(-1);
    if (last !== undefined && rows.length === limit) {
      places.set(offset + limit, query.placeOf(last));
      if (places.size > maximumPlaces) dropFirst(places);
    }
    return rows;
  }

  return {
    sql,
    read: (query, page) => {
      // One view of the store for the version and the rows.
      sql.db.exec('BEGIN');
      try {
        return readPage(query, page);
      } finally {
        if (sql.db.isTransaction) sql.db.exec('COMMIT');
      }
    },
  };
}

function dropFirst(map: Map<unknown, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
