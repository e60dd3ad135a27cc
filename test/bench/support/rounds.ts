export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('Nothing was measured.');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** What is compared, each with a way to measure it once. */
export type Measures<T extends string> = Readonly<Record<T, () => Promise<number>>>;

/**
 * Measures ours and the baseline in turns, and each as often first as second: what the machine does meanwhile, and what
 * the first of two pays for both, falls on each alike. @returns the medians
 */
export async function interleaved<T extends string>(rounds: number, measures: Measures<T>): Promise<Record<T, number>> {
  const { each } = await interleavedSeries(rounds, { before: async () => undefined, series: { each: measures } });
  return each;
}

/** Several comparisons in each round, after something that each round begins with. @returns the medians of each */
export async function interleavedSeries<S extends string, T extends string>(
  rounds: number,
  { before, series }: { before(): Promise<void>; series: Readonly<Record<S, Measures<T>>> },
): Promise<Record<S, Record<T, number>>> {
  const titles = Object.keys(series) as S[];
  const seen = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    await before();
    for (const title of titles) {
      const names = Object.keys(series[title]) as T[];
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        const value = await series[title][name]();
        seen.set(`${title} ${name}`, [...(seen.get(`${title} ${name}`) ?? []), value]);
        note(`  ${title} ${name}: ${value.toFixed(1)}`);
      }
    }
  }
  const mediansOf = (title: S) => mapKeys(series[title], (name) => median(seen.get(`${title} ${name}`) ?? []));
  return mapKeys(series, mediansOf);
}

function mapKeys<K extends string, V>(keyed: Readonly<Record<K, unknown>>, value: (key: K) => V): Record<K, V> {
  return Object.fromEntries((Object.keys(keyed) as K[]).map((key) => [key, value(key)])) as Record<K, V>;
}

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The table alone goes to stdout. */
export function note(text: string): void {
  console.error(text);
}
