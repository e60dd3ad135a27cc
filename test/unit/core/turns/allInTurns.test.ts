import assert from 'node:assert/strict';
import { allInTurns } from '../../../../src/core/turns/allInTurns.ts';

/** As long as a turn of other work is not to be waited for. */
function busy(): void {
  const start = performance.now();
  while (performance.now() - start < 10);
}

describe('work on all of some things', () => {
  it('waits for none before the next begins, and answers in their order', async () => {
    let isLastBegun: () => void = () => undefined;
    const last = new Promise<void>((resolve) => {
      isLastBegun = resolve;
    });
    const answers = await allInTurns([1, 2, 3], async (one) => {
      busy();
      if (one === 3) isLastBegun();
      else await last;
      return one * 2;
    });
    assert.deepEqual(answers, [2, 4, 6]);
  });

  it('lets other work have its turn before all have begun', async () => {
    const seen: string[] = [];
    setImmediate(() => seen.push('other work'));
    await allInTurns([1, 2, 3], async (one) => {
      busy();
      seen.push(`${one}`);
    });
    assert.deepEqual(seen, ['1', 'other work', '2', '3']);
  });

  it('fails as the first that fails, even before all have begun', async () => {
    const work = allInTurns([1, 2, 3], async (one) => {
      busy();
      if (one === 1) throw new Error('The first.');
      return one;
    });
    await assert.rejects(work, /The first\./);
  });
});
