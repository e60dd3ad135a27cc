import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../core/errors.ts';
import { isDamaged } from './open.ts';

/** Longer than any rename takes: then the window that held the lock is gone. */
const staleAfter = 30_000;

/**
 * Sets a damaged store aside: it is kept, under a name that tells when. Answers that name; nothing when the file is
 * sound, because another window was quicker.
 * @param isSuspect something deep in the file could not be read, so every page of it is looked at
 */
export function setAside(path: string, isSuspect: boolean, now: Date = new Date()): string | undefined {
  return withLock(`${path}.lock`, () => {
    if (!existsSync(path) || !isDamaged(path, isSuspect)) return undefined;
    const kept = `${path}.damaged-${now.toISOString().replaceAll(':', '-')}`;
    // The log first: a fresh file must never find the log of another.
    for (const suffix of ['-wal', '-shm', '']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix);
    }
    return kept;
  });
}

/** Removes the damaged stores that were set aside: all, or those that nothing was written to since then. */
export function removeSetAside(path: string, before?: Date): void {
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.damaged-`)) continue;
    const kept = join(dirname(path), name);
    if (before === undefined || statSync(kept).mtime < before) rmSync(kept, { force: true });
  }
}

/** Two windows that find the same damage must not both rename: the second would rename the fresh store. */
function withLock<T>(lock: string, work: () => T): T {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; ; tries++) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const isLeft = isStale(lock);
      // First of all: a stale lock that cannot be removed would be tried for ever.
      if (tries > 200) throw isLeft ? leftBehind(lock, error) : taken(error);
      if (isLeft) tryRemove(lock);
      else Atomics.wait(sleeper, 0, 0, 50);
    }
  }
  try {
    return work();
  } finally {
    tryRemove(lock);
  }
}

function taken(cause: unknown): AppError {
  const words = 'Another window is setting the damaged store aside: try again.';
  return new AppError('unavailable', words, { cause, storeFault: 'busy' });
}

function leftBehind(lock: string, cause: unknown): AppError {
  const words = `The damaged store cannot be set aside until “${basename(lock)}” beside it is removed, which failed.`;
  return new AppError('unavailable', words, { cause, storeFault: 'other' });
}

function isStale(lock: string): boolean {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > staleAfter;
}

function tryRemove(lock: string): void {
  try {
    rmdirSync(lock);
  } catch {
    // Another window was quicker, or it must not be removed: the next try to take it tells.
  }
}
