import { randomUUID } from 'node:crypto';
import { mkdir, rename, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../core/errors.ts';

/** Runs a task while no other window runs one under the same name. @throws AppError `unavailable` */
export type Lock = <T>(name: string, task: () => Promise<T>) => Promise<T>;

/** What is done under a lock must end within this, or another window does it, too. */
const usualStaleAfter = 30_000;

/**
 * Locks in a folder that all windows share.
 * @param staleAfter milliseconds after which whoever made a lock is taken to be gone
 */
export function createLock(folder: string, staleAfter = usualStaleAfter): Lock {
  return (name, task) => withLock(join(folder, `${name}.lock`), task, staleAfter);
}

/** `mkdir` succeeds for one window only. */
async function withLock<T>(path: string, task: () => Promise<T>, staleAfter: number): Promise<T> {
  await take(path, staleAfter);
  try {
    return await task();
  } finally {
    await rmdir(path).catch(() => undefined);
  }
}

async function take(path: string, staleAfter: number): Promise<void> {
  const until = Date.now() + 2 * staleAfter;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  for (;;) {
    try {
      await mkdir(path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Date.now() > until) {
        throw new AppError(
          'unavailable',
          'Another window is renewing the sign-in, or the folder for it cannot be written.',
          {
            cause: error,
          },
        );
      }
      if (!(await removeStale(path, staleAfter))) await delay(20 + Math.random() * 60);
    }
  }
}

/** Renamed first: of several windows that find it stale, one takes it away. */
async function removeStale(path: string, staleAfter: number): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs <= staleAfter) return false;
    const aside = `${path}-${randomUUID()}`;
    await rename(path, aside);
    await rmdir(aside);
    return true;
  } catch {
    // Gone meanwhile.
    return true;
  }
}
