import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sortInTurns } from '../../../../src/core/turns/sortInTurns.ts';

describe('a sort in turns', () => {
  it('is that of any stable sort, and takes turns', async () => {
    const keys = fc.array(fc.integer({ min: 0, max: 300 }).map(String), { minLength: 1400, maxLength: 2600 });
    await fc.assert(
      fc.asyncProperty(keys, async (texts) => {
        const items = texts.map((text, at) => ({ text, at }));
        let turns = 0;
        const next = async () => void turns++;
        const sorted = await sortInTurns(items, ({ text }) => text, { isOver: () => true, next });
        assert.deepEqual(
          sorted,
          items.toSorted((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0)),
        );
        assert.ok(turns >= texts.length / 500);
      }),
      { numRuns: 10 },
    );
  });

  it('has nothing to sort', async () => {
    assert.deepEqual(await sortInTurns([], String, { isOver: () => false, next: async () => undefined }), []);
  });
});
