import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../core/errors.ts';

/** Runs a task while no other window runs one under the same name. @throws AppError `unavailable` */
export type Lock = <T>(name: string, task: () => Promise<T>) => Promise<T>;

/** What is done under a lock must end within this, or another window does it, too. */
const usualStaleAfter = 30_000;

/** Milliseconds between two looks at a lock that another window has. */
const longestPause = 80;

/**
 * Locks in a folder that all windows share; `mkdir` succeeds for one of them only.
 * @param staleAfter milliseconds after which whoever made a lock is taken to be gone
 */
export function createLock(folder: string, staleAfter = usualStaleAfter): Lock {
  /** The last of those who wait in this window: they go in order, and only one of them vies with other windows. */
  const lasts = new Map<string, Promise<unknown>>();
  return (name, task) => {
    const before = lasts.get(name);
    const own = before ? before.then(runLater, runLater) : run();
    lasts.set(name, own);
    const forget = () => {
      if (lasts.get(name) === own) lasts.delete(name);
    };
    own.then(forget, forget);
    return own;

    /** After this window's own turn it is the others', who look but now and then. */
    async function runLater() {
      await delay(longestPause);
      return run();
    }

    async function run() {
      const path = join(folder, `${name}.lock`);
      const mark = await take(folder, path, staleAfter);
      try {
        return await task();
      } finally {
        await release(path, mark);
      }
    }
  };
}

/** Resolves to a file in the lock, which tells it from a later one of the same name. */
async function take(folder: string, path: string, staleAfter: number): Promise<string> {
  const until = Date.now() + 2 * staleAfter;
  for (;;) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await mkdir(path);
      const mark = join(path, randomUUID());
      await writeFile(mark, '');
      return mark;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Date.now() > until) {
        const words = 'Another window is renewing the sign-in, or the folder for it cannot be written.';
        throw new AppError('unavailable', words, { cause: error });
      }
      if (!(await removeStale(path, staleAfter))) await delay(Math.random() * longestPause);
    }
  }
}

/** One that lasted too long may have been taken away, and another window's stand in its place. */
async function release(path: string, mark: string): Promise<void> {
  try {
    await unlink(mark);
    await rmdir(path);
  } catch {
    // Not this one's any more.
  }
}

/** Renamed first: of several windows that find it stale, one takes it away. */
async function removeStale(path: string, staleAfter: number): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    // Either way: a clock that was set back would have made it in the future.
    if (Math.abs(Date.now() - mtimeMs) <= staleAfter) return false;
    const aside = `${path}-${randomUUID()}`;
    await rename(path, aside);
    await rm(aside, { recursive: true });
    return true;
  } catch {
    // Gone meanwhile.
    return true;
  }
}
