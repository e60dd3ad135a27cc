/** Sorted at once; so many take some milliseconds. */
const runLength = 500;

/** As `sort` by a text, in small steps: a hundred thousand rows would take longer than other work can wait. */
export function* sortSteps<T>(items: readonly T[], textOf: (item: T) => string): Generator<undefined, readonly T[]> {
  let runs: { readonly text: string; readonly item: T }[][] = [];
  for (let at = 0; at < items.length; at += runLength) {
    const run = items.slice(at, at + runLength).map((item) => ({ text: textOf(item), item }));
    runs.push(run.sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0)));
    yield;
  }
  while (runs.length > 1) {
    const merged: typeof runs = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(yield* merge(runs[at] ?? [], runs[at + 1] ?? []));
    runs = merged;
  }
  return (runs[0] ?? []).map(({ item }) => item);
}

function* merge<E extends { readonly text: string }>(
  ones: readonly E[],
  others: readonly E[],
): Generator<undefined, E[]> {
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
    if (merged.length % runLength === 0) yield;
  }
  return merged;
}
