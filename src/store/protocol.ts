import type { ErrorData } from '../core/errors.ts';
import type { StoreWriter } from '../core/store.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly path: string;
  readonly firstLoadId: number;
}

export type CallName = keyof StoreWriter | 'open';

/** From the main thread to the worker. */
export interface CallMessage {
  readonly id: number;
  readonly name: CallName;
  readonly args: readonly unknown[];
}

/** From the worker to the main thread. */
export type WorkerMessage =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: ErrorData }
  | { readonly damaged: string };
