import { sortSteps } from './sortSteps.ts';
import type { Turns } from './turns.ts';

/** As `sort` by a text, but other work gets its turn. */
export async function sortInTurns<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  turns: Turns,
): Promise<readonly T[]> {
  const steps = sortSteps(items, textOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (turns.isOver()) await turns.next();
  }
}
