import type { Turns } from './turns.ts';

/** As `map`, with turns for other work. */
export async function mapInTurns<T, U>(
  items: Iterable<T>,
  work: (item: T, index: number) => U,
  turns: Turns,
): Promise<readonly U[]> {
  const mapped: U[] = [];
  for (const item of items) {
    mapped.push(work(item, mapped.length));
    if (turns.isOver()) await turns.next();
  }
  return mapped;
}
