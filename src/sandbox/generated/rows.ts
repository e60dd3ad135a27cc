import type { Rows } from '../tenantIdentity.ts';

/** Rows that are made when they are read. */
export function computedRows<T>(length: number, row: (index: number) => T): Rows<T> {
  return {
    length,
    slice(start = 0, end = length) {
      const from = Math.min(start, length);
      return Array.from({ length: Math.max(0, Math.min(end, length) - from) }, (_, step) => row(from + step));
    },
  };
}

/** Makes a row once, for those that are asked for over and over. */
export function remembered<T>(row: (index: number) => T): (index: number) => T {
  const rows = new Map<number, T>();
  return (index) => {
    const known = rows.get(index);
    if (known !== undefined) return known;
    const made = row(index);
    rows.set(index, made);
    return made;
  };
}
