import assert from 'node:assert/strict';
import { isAppError } from '../../../src/core/errors.ts';
import { share } from '../../../src/sync/shared.ts';

/** A run whose end is in the test's hands. */
function openRun() {
  const settle = Promise.withResolvers<string>();
  let signal: AbortSignal | undefined;
  let ended = 0;
  const shared = share(
    (own) => {
      signal = own;
      return settle.promise;
    },
    () => {
      ended += 1;
    },
  );
  return { shared, settle, isAborted: () => signal?.aborted, ended: () => ended };
}

const isCancelled = (error: unknown) => isAppError(error, 'cancelled');

describe('a shared run', () => {
  it('gives its result to all who wait', async () => {
    const { shared, settle, ended } = openRun();
    const waiters = [shared.join(undefined), shared.join(new AbortController().signal)];
    settle.resolve('rows');
    assert.deepEqual(await Promise.all(waiters), ['rows', 'rows']);
    assert.equal(ended(), 1);
  });

  it('goes on while one waiter is left', async () => {
    const { shared, settle, isAborted } = openRun();
    const leaver = new AbortController();
    const left = shared.join(leaver.signal);
    const stays = shared.join(undefined);
    leaver.abort();
    await assert.rejects(left, isCancelled);
    assert.equal(isAborted(), false);
    settle.resolve('rows');
    assert.equal(await stays, 'rows');
  });

  it('is aborted when the last waiter leaves', async () => {
    const { shared, isAborted } = openRun();
    const controller = new AbortController();
    const waiting = shared.join(controller.signal);
    controller.abort();
    await assert.rejects(waiting, isCancelled);
    assert.equal(isAborted(), true);
  });

  it('tells its failure to all who wait, and to nobody when all have left', async () => {
    const { shared, settle } = openRun();
    const waiting = shared.join(undefined);
    settle.reject(new Error('broken'));
    await assert.rejects(waiting, /broken/);
    const lonely = openRun();
    lonely.settle.reject(new Error('unheard'));
    await lonely.settle.promise.catch(() => undefined);
  });
});
