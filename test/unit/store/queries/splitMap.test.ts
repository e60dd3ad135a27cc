import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import { createSplitMap } from '../../../../src/store/queries/splitMap.ts';

describe('a map in parts', () => {
  const keys = fc.oneof(fc.integer(), fc.string(), fc.constantFrom('', 0, -1, '0'));

  it('holds what a map holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.nat())), fc.array(keys), (entries, asked) => {
        const map = new Map(entries);
        const split = createSplitMap<number | string, number>();
        for (const [key, value] of entries) split.set(key, value);
        for (const key of [...asked, ...map.keys()]) {
          deepEqual([split.has(key), split.get(key)], [map.has(key), map.get(key)]);
        }
      }),
    );
  });
});
