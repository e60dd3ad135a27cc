import assert from 'node:assert/strict';
import { isAppError } from '../../../src/core/errors.ts';
import { createLimiter } from '../../../src/sync/limiter.ts';

const never = new AbortController().signal;

/** Requests whose ends are in the test's hands; tells which have begun. */
function openRequests(limiter = createLimiter(() => 2)) {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const start = (name: string, options: { signal?: AbortSignal; isUrgent?: () => boolean } = {}) => {
    const end = Promise.withResolvers<string>();
    ends.set(name, end);
    const request = () => {
      begun.push(name);
      return end.promise;
    };
    return limiter.run(request, { signal: options.signal ?? never, isUrgent: options.isUrgent ?? (() => false) });
  };
  return { limiter, begun, start, end: (name: string) => ends.get(name)?.resolve(name) };
}

describe('the limiter', () => {
  it('runs so many at once, the others in order', async () => {
    const { begun, start, end } = openRequests();
    const all = ['a', 'b', 'c', 'd'].map((name) => start(name));
    assert.deepEqual(begun, ['a', 'b']);
    end('b');
    await all[1];
    await Promise.resolve();
    assert.deepEqual(begun, ['a', 'b', 'c']);
    for (const name of ['a', 'c', 'd']) end(name);
    assert.deepEqual(await Promise.all(all), ['a', 'b', 'c', 'd']);
  });

  it('lets what a person waits for go first, also when that turns out later', async () => {
    const { begun, start, end } = openRequests(createLimiter(() => 1));
    let isOpened = false;
    const all = [start('a'), start('b'), start('c', { isUrgent: () => isOpened })];
    isOpened = true;
    for (const name of ['a', 'c', 'b']) end(name);
    await Promise.all(all);
    assert.deepEqual(begun, ['a', 'c', 'b']);
  });

  it('forgets what was cancelled before its turn', async () => {
    const { begun, start, end } = openRequests(createLimiter(() => 1));
    const controller = new AbortController();
    const first = start('a');
    const second = start('b', { signal: controller.signal });
    const third = start('c');
    controller.abort();
    await assert.rejects(second, (error: unknown) => isAppError(error, 'cancelled'));
    end('a');
    end('c');
    await Promise.all([first, third]);
    assert.deepEqual(begun, ['a', 'c']);
  });

  it('halves when the service asks for less, and comes back one by one', async () => {
    const { limiter, begun, start, end } = openRequests(createLimiter(() => 4));
    limiter.slowDown();
    limiter.slowDown();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const all = names.map((name) => start(name));
    assert.equal(begun.length, 2);
    end('a');
    end('b');
    await Promise.all(all.slice(0, 2));
    await new Promise(setImmediate);
    assert.equal(begun.length, 5);
    for (const name of names) end(name);
    await Promise.all(all);
  });

  it('starts nothing while it is held', async () => {
    const wait = Promise.withResolvers<void>();
    const limiter = createLimiter(() => 2);
    const { begun, start, end } = openRequests(limiter);
    limiter.hold(wait.promise);
    const waiting = start('a');
    assert.deepEqual(begun, []);
    wait.resolve();
    end('a');
    await waiting;
    assert.deepEqual(begun, ['a']);
  });
});
