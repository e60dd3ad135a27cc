import type { SandboxConnection } from '../../../src/sandbox/connections.ts';
import type { ThreadSeen } from '../support/watchThread.ts';
import type { SendAsks, SendTells, TransportName } from './sendThrough.ts';

/** What can be done inside the extension host, each with what it comes to. */
export interface Tasks {
  /** Connects to tenants and reads their groups; told when all are held. */
  addTenants: { asks: { connections: readonly SandboxConnection[]; load: boolean }; tells: Record<string, never> };
  /** Activates an extension; tells how long that took, by the clock and in processor time of the host's thread. */
  activate: { asks: { extensionId: string }; tells: { took: number; processor: number } };
  /** Reads a new tenant whole, and watches the host's thread meanwhile. */
  loadAll: { asks: { connection: SandboxConnection }; tells: ThreadSeen & { took: number; rows: number } };
  /** Sends requests by both transports in turns. */
  sendBoth: { asks: SendAsks; tells: SendTells };
  /** Sends requests by one transport, once. */
  sendOne: { asks: SendAsks & { transport: TransportName }; tells: Record<string, never> };
}

export type TaskName = keyof Tasks;

export type Task = {
  readonly [Name in TaskName]: { readonly name: Name; readonly asks: Tasks[Name]['asks'] };
}[TaskName];

/** Names the folder in which the companion finds its task and leaves its answer. */
export const folderVariable = 'TENANT_EXPLORER_BENCH';
export const taskFile = 'task.json';
export const answerFile = 'answer.json';

export type Answer = { readonly value: unknown } | { readonly error: string };
