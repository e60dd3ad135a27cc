/** What was seen of a process at the end of a round, with nothing under way. */
export interface Sample {
  /** Bytes after a garbage collection. */
  readonly heap: number;
  /** Sockets, timers, threads. */
  readonly handles: number;
}

/** What two thirds of a run came to: the first third is for warming up. */
export interface Trend {
  readonly middle: number;
  readonly last: number;
}

/** The medians. @throws with fewer than three values */
export function trendOf(values: readonly number[]): Trend {
  return ofThirds(values, median);
}

/**
 * The least of each third: connections that are kept for the next request, or are just closing, come and go; what is
 * lost for good lifts every value after it. @throws with fewer than three values
 */
export function leastOf(values: readonly number[]): Trend {
  return ofThirds(values, (third) => Math.min(...third));
}

function ofThirds(values: readonly number[], of: (third: readonly number[]) => number): Trend {
  const third = Math.floor(values.length / 3);
  if (third === 0) throw new Error('There is too little to see a trend in.');
  return { middle: of(values.slice(third, 2 * third)), last: of(values.slice(-third)) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
