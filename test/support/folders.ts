import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The project's folder. */
export const projectFolder = join(import.meta.dirname, '..', '..');

/** Git-ignored: what tests install and keep between runs. */
export const cacheFolder = join(projectFolder, '.vscode-test');

export function makeTemporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tenant-explorer-'));
}

/** Processes that have just been ended may still write: the removal is tried again. */
export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
