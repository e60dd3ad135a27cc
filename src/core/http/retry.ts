import { setTimeout as delay } from 'node:timers/promises';
import { ConstantBackoff, ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { type AppError, cancelled, isAppError } from '../errors.ts';

/** Waits longer than this are not waited out: the user is told instead. */
export const longestWait = 60_000;

const maxRetries = 3;

/** Waits for so many milliseconds because of a failure. @throws when `signal` aborts */
export type Pause = (milliseconds: number, signal: AbortSignal, failure: AppError) => Promise<void>;

export const wait: Pause = (milliseconds, signal) => delay(milliseconds, undefined, { signal });

/**
 * Runs a read again after failures that may pass: throttling, unavailability, the network, a reply cut off, and once
 * after a time-out. Waits as long as the service asked, else with growing, random pauses.
 * @param isFinal which of these are not tried again all the same
 * @throws AppError the last failure; `cancelled` as soon as `signal` aborts
 */
export async function withRetry<T>(
  read: () => Promise<T>,
  signal: AbortSignal,
  onRetry: (error: AppError, wait: number) => void,
  pause: Pause = wait,
  isFinal: (error: AppError) => boolean = () => false,
): Promise<T> {
  const growing = new ExponentialBackoff({ initialDelay: 250, maxDelay: 8_000 });
  let backoff = growing.next();
  let last: AppError | undefined;
  let timeouts = 0;
  const policy = retry(
    handleWhen((error) => {
      if (!isAppError(error) || !mayPass(error) || isFinal(error)) return false;
      if (error.kind === 'timeout') timeouts += 1;
      last = error;
      return timeouts <= 1 && waitOf(error, 0) <= longestWait;
    }),
    // cockatiel's own pause cannot be aborted, so ours stands at the beginning of the next attempt.
    { maxAttempts: maxRetries, backoff: new ConstantBackoff(0) },
  );
  return policy.execute(async () => {
    if (last) {
      const milliseconds = waitOf(last, backoff.duration);
      onRetry(last, milliseconds);
      backoff = backoff.next(undefined);
      await pause(milliseconds, signal, last).catch(() => {
        throw cancelled();
      });
    }
    return read();
  }, signal);
}

function mayPass(error: AppError): boolean {
  if (error.isCircuitBroken) return false;
  switch (error.kind) {
    case 'throttled':
    case 'offline':
    case 'timeout':
      return true;
    case 'unavailable':
      // Without a status it is our own store that cannot write.
      return error.status !== undefined && [408, 500, 502, 503, 504].includes(error.status);
    case 'badResponse':
      return error.isCutOff;
    default:
      return false;
  }
}

function waitOf(error: AppError, pause: number): number {
  return error.retryAt ? Math.max(0, error.retryAt.getTime() - Date.now()) : pause;
}
