import type { Rows } from '../tenantIdentity.ts';

/** The most rows that one reply carries, as documented for the admin route. */
export const MAX_PAGE = 5000;

/** One page of the rows that `isWanted` keeps. Reads no more rows than it needs: a generated tenant has many. */
export function pageOf<T>(
  rows: Rows<T>,
  { skip, top }: { skip: number; top: number },
  isWanted?: (row: T) => boolean,
): readonly T[] {
  if (!isWanted) return rows.slice(skip, skip + top);
  const found: T[] = [];
  for (let start = 0; start < rows.length && found.length < skip + top; start += MAX_PAGE) {
    found.push(...rows.slice(start, start + MAX_PAGE).filter(isWanted));
  }
  return found.slice(skip, skip + top);
}
