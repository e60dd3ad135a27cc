import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a turn may take, in milliseconds; the thread is shared with all other extensions. */
const longest = 8;

/** Tells when it is time to await `next`, for long work in small steps. */
export interface Turns {
  isOver(): boolean;
  next(): Promise<void>;
}

export function createTurns(): Turns {
  let start = performance.now();
  return {
    isOver: () => performance.now() - start > longest,
    next: async () => {
      await nextTurn();
      start = performance.now();
    },
  };
}
