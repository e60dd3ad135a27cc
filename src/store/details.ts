import type { Details } from '../core/model.ts';

/** `details` without what the row's own columns say already. */
export interface PackedDetails {
  /** The keys in order, each with the number of the column that holds its value, -1 for one in `rest`. */
  readonly shape: string;
  /** The other values. */
  readonly rest: string;
}

/** Values of a row's columns, always in the same order; first the access right, if rows of the kind have one. */
export type Columns = readonly (string | null | undefined)[];

/**
 * Whether a service may mean the access right by this key. A value that happens to be the same word elsewhere (a user
 * type `Member`) is another thing.
 */
export function isAccessKey(key: string): boolean {
  return /right|role|access/i.test(key);
}

/**
 * Packs `details`. Rows of a listing have the same few shapes, and most of their values stand in columns too; above all
 * the access right, which would otherwise make one principal another in every group.
 */
export function packDetails(details: Details | undefined, columns: Columns): PackedDetails {
  const shape: (string | number)[] = [];
  const rest: unknown[] = [];
  for (const key in details) {
    const value = details[key];
    if (value === undefined) continue;
    const column = typeof value === 'string' ? columns.indexOf(value, isAccessKey(key) ? 0 : 1) : -1;
    shape.push(key, column);
    if (column < 0) rest.push(value);
  }
  return { shape: JSON.stringify(shape), rest: JSON.stringify(rest) };
}

/** The reverse of `packDetails`, given the same columns. */
export function unpackDetails(packed: PackedDetails, columns: Columns): Record<string, unknown> {
  const shape: (string | number)[] = JSON.parse(packed.shape);
  const rest: unknown[] = JSON.parse(packed.rest);
  const entries: [string, unknown][] = [];
  let next = 0;
  for (let i = 0; i < shape.length; i += 2) {
    const column = Number(shape[i + 1]);
    const value = column < 0 ? rest[next++] : columns[column];
    // A principal seen apart from its memberships has no access right.
    if (column < 0 || typeof value === 'string') entries.push([String(shape[i]), value]);
  }
  // Not by assignment: a service may send a key like __proto__.
  return Object.fromEntries(entries);
}
