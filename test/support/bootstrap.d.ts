import type { SpawnOptions } from 'node:child_process';

/** Runs `work` while holding the lock file; waits while another living process holds it. */
export function withLock<T>(path: string, work: () => Promise<T>): Promise<T>;

/** Runs npm in a folder; what it says goes to stderr. */
export function runNpm(args: readonly string[], cwd: string): Promise<void>;

/** Runs a program to its end; what it says goes to stderr. @throws when it does not end with 0. */
export function run(command: string, args: readonly string[], options?: SpawnOptions): Promise<void>;
