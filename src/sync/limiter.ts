import { cancelled } from '../core/errors.ts';

/** Bounds a tenant's requests: how many run at once, which goes first, and when none may go. */
export interface Limiter {
  /**
   * Runs a request when it is its turn. `isUrgent` is asked at each turn: what a person waits for goes first.
   * @throws AppError `cancelled` when `signal` aborts before it began
   */
  run<T>(request: () => Promise<T>, options: { readonly signal: AbortSignal; isUrgent(): boolean }): Promise<T>;
  /** The service asked for less: half as many at once from now on. */
  slowDown(): void;
  /** Starts nothing before this has settled. */
  hold(until: Promise<unknown>): void;
}

/** Milliseconds in which refusals count as one. */
const oneSign = 1000;

interface Waiting {
  readonly isUrgent: () => boolean;
  start(): void;
}

/** @param most how many may run at once when nothing is wrong; asked at each turn, for it is a setting */
export function createLimiter(most: () => number): Limiter {
  const queue: Waiting[] = [];
  let running = 0;
  let allowed = Number.POSITIVE_INFINITY;
  let successes = 0;
  let slowedAt = Number.NEGATIVE_INFINITY;
  let holds = 0;

  const atOnce = () => Math.max(1, Math.min(allowed, most()));

  function next(): void {
    while (holds === 0 && running < atOnce() && queue.length > 0) {
      const urgent = queue.findIndex(({ isUrgent }) => isUrgent());
      queue.splice(Math.max(urgent, 0), 1)[0]?.start();
    }
  }

  /** After as many successes as run at once, one more may: slowly back to what it was. */
  function succeeded(): void {
    successes += 1;
    if (allowed === Number.POSITIVE_INFINITY || successes < allowed) return;
    successes = 0;
    allowed = allowed + 1 >= most() ? Number.POSITIVE_INFINITY : allowed + 1;
  }

  return {
    run: (request, { signal, isUrgent }) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(cancelled());
        const leave = () => {
          queue.splice(queue.indexOf(waiting), 1);
          reject(cancelled());
        };
        const waiting: Waiting = {
          isUrgent,
          start: () => {
            signal.removeEventListener('abort', leave);
            running += 1;
            request()
              .then((value) => {
                succeeded();
                resolve(value);
              }, reject)
              .finally(() => {
                running -= 1;
                next();
              });
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        queue.push(waiting);
        next();
      }),
    slowDown: () => {
      // The requests that were under way together are all refused together: that is one sign, not many.
      if (performance.now() >= slowedAt + oneSign) allowed = Math.max(1, Math.floor(atOnce() / 2));
      slowedAt = performance.now();
      successes = 0;
    },
    hold: (until) => {
      holds += 1;
      const letGo = () => {
        holds -= 1;
        next();
      };
      until.then(letGo, letGo);
    },
  };
}
