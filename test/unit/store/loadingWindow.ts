import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { FromChild, ToChild } from './loadingChild.ts';

/** A process that loads listings into a store. */
export interface LoadingWindow {
  tell(message: ToChild): void;
  /** What it says next. @throws when it ended before */
  hear(): Promise<FromChild>;
  /** Ends it hard, wherever it is. */
  kill(): Promise<void>;
}

/** Makes the windows' script one file: they are started by the hundred, and each would read and strip all of ours. */
export function buildWindow(script: string): void {
  const entry = fileURLToPath(new URL('loadingChild.ts', import.meta.url));
  buildSync({ entryPoints: [entry], outfile: script, bundle: true, platform: 'node', format: 'esm', target: 'node22' });
}

/** Starts a window on the store at this path, and waits until it is ready. */
export async function openWindow(script: string, path: string, seed: number): Promise<LoadingWindow> {
  const child = fork(script, [path, String(seed)], { execArgv: [] });
  const heard: FromChild[] = [];
  let waiting: { resolve(message: FromChild): void; reject(error: Error): void } | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      waiting?.reject(new Error(`A window ended by itself (${code ?? signal}).`));
      resolve();
    });
  });
  child.on('message', (message: FromChild) => {
    if (waiting) waiting.resolve(message);
    else heard.push(message);
    waiting = undefined;
  });
  const window: LoadingWindow = {
    tell: (message) => void child.send(message),
    hear: async () => {
      const message = heard.shift();
      if (message !== undefined) return message;
      if (child.exitCode !== null || child.signalCode !== null) throw new Error('The window is gone.');
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
      });
    },
    kill: () => {
      waiting = undefined;
      child.kill('SIGKILL');
      return ended;
    },
  };
  await window.hear();
  return window;
}
