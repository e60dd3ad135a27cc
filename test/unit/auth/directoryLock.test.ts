import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLock } from '../../../src/auth/directoryLock.ts';
import { isAppError } from '../../../src/core/errors.ts';

describe('a lock between windows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lets one at a time in, and leaves nothing behind', async () => {
    const windows = [createLock(join(folder, 'locks')), createLock(join(folder, 'locks'))];
    let inside = 0;
    const task = async () => {
      inside += 1;
      await delay(2);
      assert.equal(inside, 1);
      inside -= 1;
    };
    await Promise.all(windows.flatMap((lock) => [1, 2, 3].map(() => lock('a', task))));
    assert.deepEqual(readdirSync(join(folder, 'locks')), []);
  });

  it('is opened by whatever the task comes to', async () => {
    const lock = createLock(folder);
    await assert.rejects(lock('a', () => Promise.reject(new Error('x'))));
    assert.equal(await lock('a', async () => 'again'), 'again');
  });

  it('of a window that is gone is taken away, and that window does not take away another one', async () => {
    const entered = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const first = createLock(folder, 1000)('a', () => {
      entered.resolve();
      return gone.promise;
    });
    await entered.promise;
    await createLock(folder, 1000)('a', async () => {
      gone.resolve();
      await first;
      assert.deepEqual(readdirSync(folder), ['a.lock']);
    });
    assert.deepEqual(readdirSync(folder), []);
  });

  it('left behind before the clock was set back is taken away', async () => {
    const path = join(folder, 'a.lock');
    mkdirSync(path);
    const then = new Date(Date.now() + 3_600_000);
    utimesSync(path, then, then);
    assert.equal(await createLock(folder, 1000)('a', async () => 'done'), 'done');
    assert.deepEqual(readdirSync(folder), []);
  });

  it('that cannot be made is an error', async () => {
    writeFileSync(join(folder, 'file'), '');
    const lock = createLock(join(folder, 'file', 'locks'));
    await assert.rejects(
      lock('a', async () => undefined),
      (error) => isAppError(error, 'unavailable'),
    );
  });
});
