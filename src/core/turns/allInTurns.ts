import { createTurns } from './turns.ts';

/**
 * All at the same time, as `Promise.all`; but other work gets its turn before one begins, for some are done without
 * waiting for anything.
 */
export async function allInTurns<T, U>(items: Iterable<T>, work: (item: T) => Promise<U>): Promise<readonly U[]> {
  const turns = createTurns();
  const begun: Promise<U>[] = [];
  for (const item of items) {
    if (turns.isOver()) await turns.next();
    const one = work(item);
    // What fails before all have begun is told at the end.
    one.catch(() => undefined);
    begun.push(one);
  }
  return Promise.all(begun);
}
