import assert from 'node:assert/strict';
import { lazily } from '../../../src/core/lazily.ts';
import { loadOnce } from '../../../src/core/loadOnce.ts';

/** Fails so often, and then answers how often it was asked. */
function failing(times: number) {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked <= times) throw new Error(`failure ${asked}`);
    return asked;
  };
}

describe('loadOnce', () => {
  it('loads at the first call, and only once', async () => {
    const loaded = loadOnce(failing(0));
    assert.equal(loaded.begun(), undefined);
    assert.deepEqual(await Promise.all([loaded.get(), loaded.get()]), [1, 1]);
    assert.equal(await loaded.get(), 1);
    assert.equal(await loaded.begun(), 1);
  });

  it('tells everyone who waits of a failure, and tries again at the next call', async () => {
    const loaded = loadOnce(failing(1));
    const told = await Promise.allSettled([loaded.get(), loaded.get()]);
    assert.deepEqual(
      told.map((one) => one.status === 'rejected' && one.reason.message),
      ['failure 1', 'failure 1'],
    );
    assert.equal(loaded.begun(), undefined);
    assert.equal(await loaded.get(), 2);
  });
});

describe('lazily', () => {
  it('makes the thing at the next call when it could not be made', async () => {
    const make = failing(1);
    const thing = lazily(async () => {
      const made = await make();
      return { twice: async (word: string) => `${word}${word} ${made}` };
    });
    await assert.rejects(thing.twice('a'), /failure 1/);
    assert.equal(await thing.twice('a'), 'aa 2');
    assert.equal(await thing.twice('b'), 'bb 2');
  });
});
