import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/** How long a process may take to end by itself. */
const graceMs = 5_000;

/** A started program with everything that it starts in turn. */
export interface ProcessTree {
  readonly child: ChildProcess;
  /** Ends the whole tree; resolves when the program itself is gone. */
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let isWatching = false;

/** Starts a program whose children end with it, also when this process ends unasked. */
export function startTree(command: string, args: readonly string[], env: NodeJS.ProcessEnv): ProcessTree {
  endWithThisProcess();
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached });
  running.add(child);
  return { child, stop: () => stopTree(child) };
}

async function stopTree(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    signalTree(child, 'SIGTERM');
    const timer = setTimeout(signalTree, graceMs, child, 'SIGKILL');
    await ended;
    clearTimeout(timer);
  }
  // Its children may have outlived it.
  signalTree(child, 'SIGKILL');
  running.delete(child);
}

function endWithThisProcess(): void {
  if (isWatching) return;
  isWatching = true;
  process.once('exit', endAll);
  for (const signal of endingSignals) process.on(signal, onSignal);
}

/** Where nobody else listens, a listener must also do what the signal would have done. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  process.exit(128 + constants.signals[signal]);
}

function endAll(): void {
  for (const child of running) signalTree(child, 'SIGKILL');
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
