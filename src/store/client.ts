import { Worker } from 'node:worker_threads';
import { AppError, fromErrorData } from '../core/errors.ts';
import type { StoreWriter } from '../core/store.ts';
import type { CallName, WorkerMessage, WorkerStart } from './protocol.ts';
import type { StoreOpened } from './writerHost.ts';

export interface StoreWriterOptions {
  /** The worker's script. */
  readonly workerUrl: URL;
  /** The store's file, in a folder of its own. */
  readonly path: string;
  /** The store was damaged and a fresh one begun, with the tenants that could be read; the damaged file is kept. */
  readonly onDamaged?: (keptPath: string) => void;
}

export interface StoreWriterClient extends StoreWriter {
  /** Opens the store without a change: makes it, migrates it, sets a damaged one aside. */
  open(): Promise<StoreOpened>;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface RunningWorker {
  readonly worker: Worker;
  readonly pending: Map<number, Pending>;
}

/** Calls whose arguments go to the worker as they are. */
const plainCalls = [
  'open',
  'begin',
  'rows',
  'resolveReferences',
  'end',
  'addTenant',
  'updateTenant',
  'setSession',
  'nextGeneration',
  'removeTenant',
  'removeRows',
  'removeAllRows',
  'forgetOlderThan',
  'spend',
  'exhaust',
  'agreeToHost',
  'setPinned',
  'ignoreFindings',
  'forgetDirectory',
  'takeSnapshot',
  'deleteSnapshots',
  'setAllowsChanges',
  'logPlan',
  'logOutcome',
] as const satisfies readonly CallName[];

/** Loads that one worker may begin before its numbers meet those of the next. */
const loadsOfWorker = 1_000_000_000;

/**
 * The main thread's end of the worker. It is started by the first call, and again by the first call after it died; what
 * was pending then rejects with kind `unavailable`, and so do calls for loads of a worker that is gone.
 */
export function createStoreWriter({ workerUrl, path, onDamaged }: StoreWriterOptions): StoreWriterClient {
  let running: RunningWorker | undefined;
  let started = 0;
  let calls = 0;

  function start(): RunningWorker {
    const workerData: WorkerStart = { path, firstLoadId: started++ * loadsOfWorker + 1 };
    const worker = new Worker(workerUrl, {
      name: 'Tenant Explorer store',
      workerData,
      // None of the process's: a debugger's port, say, is not the worker's.
      execArgv: [],
      // A decoded page lives until it is written; in a small young generation it would be copied on and on.
      resourceLimits: { maxYoungGenerationSizeMb: 96 },
    });
    const own: RunningWorker = { worker, pending: new Map() };
    running = own;
    let cause: unknown;
    worker.on('message', (message: WorkerMessage) => {
      if ('damaged' in message) onDamaged?.(message.damaged);
      else settle(own, message);
    });
    worker.on('error', (error) => {
      cause = error;
      stopped(own, cause);
    });
    worker.on('exit', () => stopped(own, cause));
    // An idle worker does not keep the process; one with calls to carry out does.
    worker.unref();
    return own;
  }

  function settle({ worker, pending }: RunningWorker, message: Exclude<WorkerMessage, { damaged: string }>): void {
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (pending.size === 0) worker.unref();
    if ('error' in message) call?.reject(fromErrorData(message.error));
    else call?.resolve(message.value);
  }

  function stopped(own: RunningWorker, cause: unknown): void {
    if (running === own) running = undefined;
    const error = new AppError('unavailable', 'The thread that writes the store stopped.', { cause });
    for (const { reject } of own.pending.values()) reject(error);
    own.pending.clear();
  }

  function call<T>(name: CallName, args: readonly unknown[], transfer: readonly ArrayBuffer[] = []): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const { worker, pending } = running ?? start();
      const id = ++calls;
      worker.postMessage({ id, name, args }, transfer);
      pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
      worker.ref();
    });
  }

  return {
    ...(Object.fromEntries(plainCalls.map((name) => [name, (...args: readonly unknown[]) => call(name, args)])) as Pick<
      StoreWriterClient,
      (typeof plainCalls)[number]
    >),
    page: (load, provider, request, bytes) => {
      const whole = wholeBuffer(bytes);
      return call('page', [load, provider, request, whole], [whole.buffer]);
    },
    decode: (provider, request, bytes) => {
      const whole = wholeBuffer(bytes);
      return call('decode', [provider, request, whole], [whole.buffer]);
    },
    close: async () => {
      const own = running;
      if (!own) return;
      await call('close', []);
      if (running === own) running = undefined;
      await own.worker.terminate();
    },
  };
}

/** The bytes in a buffer of their own, which can be handed over without a copy; those of a pool are copied first. */
function wholeBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole ? new Uint8Array(buffer) : new Uint8Array(bytes);
}
