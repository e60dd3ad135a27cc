import { randomUUID } from 'node:crypto';
import { isRunning } from '../../core/isRunning.ts';

/** Longer than any change takes with its waits and its reading back: a process with the number of a window is another one. */
const longestSilence = 15 * 60_000;

/** A window, as the change log names who carries a plan out. */
export function ownerOf(): string {
  return `${process.pid} ${randomUUID()}`;
}

/**
 * Whether the window that a plan belongs to still runs. Of a process's windows the latest alone does; the number of one
 * that ended may be another process's now.
 * @param at when it last began a change
 */
export function isWindowOpen(owner: string, at: string): boolean {
  const pid = Number(owner.split(' ')[0]);
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  return Date.now() - Date.parse(at) <= longestSilence && isRunning(pid);
}
