import assert from 'node:assert/strict';
import type { Completeness } from '../../../src/core/model.ts';
import { readListing } from '../../../src/publicApi/readListing.ts';
import { rejectsWith } from '../../contract/stage.ts';

describe('a listing that is read from the store', () => {
  it('is read anew when it changes meanwhile', async () => {
    const counts = [1, 2, 2, 2];
    const read = await readListing(
      () => ['row'],
      () => ({ state: 'complete', count: counts.shift() ?? 0 }),
    );
    assert.deepEqual(read, { items: ['row'], completeness: { state: 'complete', count: 2 } });
    assert.deepEqual(counts, []);
  });

  it('is no empty listing when its rows are deleted meanwhile', async () => {
    let held: Completeness = { state: 'complete', count: 1 };
    const reading = readListing(
      () => {
        held = { state: 'notLoaded', count: 0 };
        return [];
      },
      () => held,
    );
    await rejectsWith('cancelled', reading);
  });
});
