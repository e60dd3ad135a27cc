import { cancelled } from '../core/errors.ts';

/** One run that several callers wait for; it goes on while one waiter is left. */
export interface Shared<T> {
  /** Waits for the run. A signal that aborts ends the waiting of this caller, and the run when it was the last one. */
  join(signal: AbortSignal | undefined): Promise<T>;
  /** Ends the run for all who wait. */
  cancel(): void;
  /** Whether it was ended early: what it comes to answers nobody who asks now. */
  isStopped(): boolean;
  /** Resolves when the run has settled, however that was. */
  readonly ended: Promise<void>;
}

/** Starts `run` at once; `onEnd` is called when it has settled. */
export function share<T>(run: (signal: AbortSignal) => Promise<T>, onEnd: () => void): Shared<T> {
  const controller = new AbortController();
  let waiters = 0;
  const result = run(controller.signal).finally(onEnd);
  // Every waiter may have left by the time it fails.
  const ended = result.then(
    () => undefined,
    () => undefined,
  );
  return {
    join: (signal) => {
      if (signal?.aborted) {
        if (waiters === 0) controller.abort(cancelled());
        return Promise.reject(cancelled());
      }
      waiters += 1;
      return new Promise<T>((resolve, reject) => {
        const leave = () => {
          waiters -= 1;
          if (waiters === 0) controller.abort(cancelled());
          reject(cancelled());
        };
        signal?.addEventListener('abort', leave, { once: true });
        result.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
      });
    },
    cancel: () => controller.abort(cancelled()),
    isStopped: () => controller.signal.aborted,
    ended,
  };
}
