import type { Context } from 'hono';
import { wholeNumber } from '../parameters.ts';
import type { Rows } from '../tenantIdentity.ts';
import { invalidValue, jsonReply } from './replies.ts';

const MAX_TOP = 1000;
const DEFAULT_TOP = 10;

/** What a list can be searched and sorted by. */
export interface ListFields<T> {
  readonly searchable: readonly (keyof T & string)[];
  readonly sortable: readonly (keyof T & string)[];
}

/** Answers a list that is read in pages by `top`, `skip`, and, where it has fields, `searchTerm` and `sortBy`. */
export function pagedList<T extends object>(c: Context, rows: Rows<T>, fields?: ListFields<T>): Response {
  const top = wholeNumber(c.req.query('top'), { fallback: DEFAULT_TOP, max: MAX_TOP });
  const skip = wholeNumber(c.req.query('skip'), { fallback: 0 });
  if (top === undefined) return invalidValue('top', c.req.query('top'));
  if (skip === undefined) return invalidValue('skip', c.req.query('skip'));
  const found = fields ? arranged(c, rows, fields) : rows;
  return found instanceof Response
    ? found
    : jsonReply({ totalCount: found.length, results: found.slice(skip, skip + top) });
}

function arranged<T extends object>(c: Context, rows: Rows<T>, fields: ListFields<T>): Rows<T> | Response {
  const { searchTerm, sortBy, sortOrder = 'asc' } = c.req.query();
  if (sortOrder !== 'asc' && sortOrder !== 'desc') return invalidValue('sortOrder', sortOrder);
  const field = fields.sortable.find((name) => name.toLowerCase() === sortBy?.toLowerCase());
  if (sortBy && !field) return invalidValue('sortBy', sortBy);
  if (!searchTerm && !field) return rows;
  const found = rows.slice(0, rows.length).filter((row) => contains(row, fields.searchable, searchTerm ?? ''));
  if (!field) return found;
  const sign = sortOrder === 'asc' ? 1 : -1;
  return found.toSorted((one, other) => sign * compare(one[field], other[field]));
}

function contains<T extends object>(row: T, names: readonly (keyof T & string)[], searchTerm: string): boolean {
  const term = searchTerm.toLowerCase();
  return names.some((name) =>
    String(row[name] ?? '')
      .toLowerCase()
      .includes(term),
  );
}

function compare(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one ?? '').localeCompare(String(other ?? ''), 'en');
}
