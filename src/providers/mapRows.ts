/** Maps the rows that can be read and counts those that cannot. */
export function mapRows<T>(
  rows: readonly unknown[],
  map: (row: unknown) => T | undefined,
): { rows: T[]; malformed: number } {
  const mapped: T[] = [];
  for (const row of rows) {
    const result = map(row);
    if (result !== undefined) mapped.push(result);
  }
  return { rows: mapped, malformed: rows.length - mapped.length };
}
