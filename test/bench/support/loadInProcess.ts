import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SandboxConnection } from '../../../src/sandbox/connections.ts';
import type { ThreadSeen } from './watchThread.ts';

export interface Loaded extends ThreadSeen {
  readonly rows: number;
  /** Milliseconds. */
  readonly took: number;
  /** Of the closed store on disk. */
  readonly bytes: number;
}

/** Reads a tenant whole in a fresh process with a fresh store. @throws when the tenant did not come whole */
export async function loadInProcess(connection: SandboxConnection): Promise<Loaded> {
  const child = start('loadChild.ts');
  const loaded = answerOf(child);
  child.send(connection);
  return (await loaded) as Loaded;
}

/** What a thread without work sees during other work: the machine's part in every stall. */
export async function watchIdle(work: Promise<unknown>): Promise<ThreadSeen> {
  const child = start('idleChild.ts');
  await work.catch(() => undefined);
  const seen = answerOf(child);
  child.send('stop');
  return (await seen) as ThreadSeen;
}

function start(file: string): ChildProcess {
  return fork(join(import.meta.dirname, file), { execArgv: ['--expose-gc'], serialization: 'advanced' });
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`A process of the benchmark ended with ${code}.`);
  });
  const [answer] = await Promise.race([once(child, 'message'), ended]);
  return answer;
}
