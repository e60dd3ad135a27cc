import type { Turns } from '../turns.ts';

/** Sorted at once; so many take some milliseconds. */
const runLength = 500;

/** As `sort` by a text, but other work gets its turn: a hundred thousand rows would take longer than a turn may. */
export async function sortInTurns<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  turns: Turns,
): Promise<readonly T[]> {
  let runs: { readonly text: string; readonly item: T }[][] = [];
  for (let at = 0; at < items.length; at += runLength) {
    const run = items.slice(at, at + runLength).map((item) => ({ text: textOf(item), item }));
    runs.push(run.sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0)));
    if (turns.isOver()) await turns.next();
  }
  while (runs.length > 1) {
    const merged: typeof runs = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], turns));
    runs = merged;
  }
  return (runs[0] ?? []).map(({ item }) => item);
}

async function merge<E extends { readonly text: string }>(
  ones: readonly E[],
  others: readonly E[],
  turns: Turns,
): Promise<E[]> {
  const merged: E[] = [];
  for (let [i, j] = [0, 0]; i < ones.length || j < others.length; ) {
    const [one, other] = [ones[i], others[j]];
    if (one && (!other || one.text <= other.text)) {
      merged.push(one);
      i++;
    } else if (other) {
      merged.push(other);
      j++;
    }
    if (merged.length % runLength === 0 && turns.isOver()) await turns.next();
  }
  return merged;
}
