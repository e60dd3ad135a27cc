import { cancelled, isAppError } from '../../core/errors.ts';

/** Rejects with the signal's reason if that is an AppError, else with `cancelled`; for racing. */
export function whenAborted(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(isAppError(signal.reason) ? signal.reason : cancelled());
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  // Whoever races has often gone when it comes.
  aborted.catch(() => undefined);
  return aborted;
}
