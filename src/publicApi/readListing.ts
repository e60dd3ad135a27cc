import { setImmediate as nextTurn } from 'node:timers/promises';
import { cancelled } from '../core/errors.ts';
import type { Completeness, Listing } from '../core/model.ts';
import type { PageOptions } from '../core/store.ts';

/** Rows read in one go: some milliseconds of the thread that all extensions share. */
const chunk = 1000;

/** So often a listing that changes while it is read is read anew; after that the rows are as mixed as the moment was. */
const attempts = 3;

/**
 * Reads a whole listing from the store without holding the thread for long.
 * @throws AppError `cancelled`, also when what was loaded was deleted meanwhile: that is no empty listing
 */
export async function readListing<T>(
  readPage: (page: PageOptions) => readonly T[],
  completeness: () => Completeness,
  signal?: AbortSignal,
): Promise<Listing<T>> {
  for (let attempt = 1; ; attempt++) {
    const before = completeness();
    const items: T[] = [];
    for (let offset = 0; ; offset += chunk) {
      if (signal?.aborted) throw cancelled();
      const page = readPage({ offset, limit: chunk });
      items.push(...page);
      if (page.length < chunk) break;
      await nextTurn();
    }
    const after = completeness();
    if (after.state === 'notLoaded') throw cancelled();
    if (attempt === attempts || JSON.stringify(before) === JSON.stringify(after)) return { items, completeness: after };
  }
}
