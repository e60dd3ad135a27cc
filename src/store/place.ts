import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../core/isRunning.ts';

const prefix = 'tenant-explorer-';

/** Where this window's store is. */
export interface StorePlace {
  readonly path: string;
  /** Gone when the window closes. */
  readonly isTemporary: boolean;
  /** Removes a temporary store. */
  remove(): void;
}

const fileName = 'tenants.sqlite';

/** The folder is made when something is written: where it cannot be, the extension runs all the same and says so. */
export function lastingPlace(folder: string): StorePlace {
  return { path: join(folder, fileName), isTemporary: false, remove() {} };
}

/** A private folder of this process. */
export function temporaryPlace(parent = tmpdir()): StorePlace {
  const folder = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
  return {
    path: join(folder, fileName),
    isTemporary: true,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Removes the temporary stores of processes that no longer run: what is left behind when a window ends hard. */
export function sweep(parent = tmpdir()): void {
  for (const name of namesIn(parent)) {
    const pid = Number(/^tenant-explorer-(\d+)-\w{6}$/.exec(name)?.[1]);
    if (!Number.isInteger(pid) || isRunning(pid)) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Somebody else's, or still held open: the next start tries again.
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
