/** What was seen of a process at the end of a round, with nothing under way. */
export interface Sample {
  /** Bytes after a garbage collection. */
  readonly heap: number;
  /** Sockets, timers, threads. */
  readonly handles: number;
}

/** The middles of two thirds of a run: the first third is for warming up. */
export interface Trend {
  readonly middle: number;
  readonly last: number;
}

/** @throws with fewer than three values */
export function trendOf(values: readonly number[]): Trend {
  const third = Math.floor(values.length / 3);
  if (third === 0) throw new Error('There is too little to see a trend in.');
  return { middle: median(values.slice(third, 2 * third)), last: median(values.slice(-third)) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
