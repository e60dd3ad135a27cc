import { statSync } from 'node:fs';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { cancelled } from '../core/errors.ts';
import type { Target } from '../core/target.ts';
import { threadStopped } from './fileProblem.ts';
import { placeOf, removeDraft } from './replaceFile.ts';
import { type ExportMessage, type ExportOrder, type ExportStart, fromFailureData } from './threadProtocol.ts';
import type { Exported, ExportOptions } from './writeExport.ts';

export interface ThreadOptions {
  /** The thread's script. */
  readonly workerUrl: URL;
  readonly storePath: string;
}

/** What is exported, and to where. */
export interface GrantsToExport extends Pick<ExportOptions, 'summarize' | 'onProgress'> {
  readonly targets: readonly Target[];
  /** Of the format. */
  readonly extension: string;
  readonly path: string;
}

/**
 * Writes the grants of all targets to a file in a thread of its own, which ends with it: what an export needs is freed
 * at once, and no other work waits for it.
 * @throws AppError `notFound` for a target that is gone, and where nothing is stored; `cancelled`; `unavailable` where the
 * store cannot be read; Node's error where the file could not be written; see `threadStopped`
 */
export async function exportInThread(
  { workerUrl, storePath }: ThreadOptions,
  { targets, extension, path, summarize, onProgress }: GrantsToExport,
  signal: AbortSignal,
): Promise<Exported> {
  const place = await placeOf(path);
  if (signal.aborted) throw cancelled();
  const workerData: ExportStart = { storePath, targets, extension, place };
  const worker = new Worker(workerUrl, {
    name: 'Tenant Explorer export',
    workerData,
    // None of the process's: a debugger's port, say, is not the worker's.
    execArgv: [],
    resourceLimits: limitsFor(storePath, extension),
  });
  const tell = (order: ExportOrder): void => worker.postMessage(order);
  const cancel = (): void => tell('cancel');
  signal.addEventListener('abort', cancel);
  try {
    return await new Promise<Exported>((resolve, reject) => {
      worker.on('message', (message: ExportMessage) => {
        if ('head' in message) Promise.resolve(summarize(message.head)).then((summary) => tell({ summary }), reject);
        else if ('exported' in message) resolve(message.exported);
        else if ('failure' in message) reject(fromFailureData(message.failure));
        else onProgress(message.done, message.expected);
      });
      worker.on('error', (error) => reject(threadStopped(error)));
      worker.on('exit', (code) => reject(threadStopped(code)));
    });
  } catch (error) {
    await worker.terminate();
    // A thread that stopped on its own could not do so.
    await removeDraft(place);
    throw error;
  } finally {
    signal.removeEventListener('abort', cancel);
    await worker.terminate();
  }
}

/** These hold rows, and bytes beside the heap; the others only make garbage, and take longer in a smaller heap. */
const holding: readonly string[] = ['xlsx', 'parquet'];

/**
 * Of a thread, in megabytes: in a small heap garbage is collected while it is little. What a Parquet file ends with grows
 * with its rows, of which the store has some ten thousand in each megabyte.
 */
function limitsFor(storePath: string, extension: string): ResourceLimits {
  const megabytes = (statSync(storePath, { throwIfNoEntry: false })?.size ?? 0) / 2 ** 20;
  const [young, old] = holding.includes(extension) ? ([6, 28] as const) : ([12, 40] as const);
  return { maxYoungGenerationSizeMb: young, maxOldGenerationSizeMb: old + Math.ceil(megabytes / 20) };
}
