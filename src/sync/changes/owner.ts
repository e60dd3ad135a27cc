import { randomUUID } from 'node:crypto';

/** A window, as the change log names who carries a plan out. */
export function ownerOf(): string {
  return `${process.pid} ${randomUUID()}`;
}

/** Whether the window that a plan belongs to still runs. Of a process's windows the latest alone does. */
export function isWindowOpen(owner: string): boolean {
  const pid = Number(owner.split(' ')[0]);
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
