/** A table of rows and columns with few cells, as each row's columns one after the other. */
export interface Sparse {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly columnCount: number;
}

/** Comparisons of two rows at most; columns that nearly all rows have tell least of them, so they are passed over first. */
const mostWork = 20_000_000;

/**
 * Puts rows in an order in which similar ones lie together: the one with most cells first, then always the one that has
 * most in common with the last. Rows with the same cells lie side by side. Ties go by their place, so that the same table
 * always gives the same order.
 */
export function orderSimilar(table: Sparse): Int32Array {
  const { starts, columns } = table;
  const { representatives, twins } = distinctRows(table);
  const size = (row: number) => (starts[row + 1] ?? 0) - (starts[row] ?? 0);
  const rowsOf = rowsByColumn(table, representatives);
  const bySize = representatives.toSorted((one, other) => size(other) - size(one) || one - other);
  const isPlaced = new Uint8Array(starts.length);
  const shared = new Int32Array(starts.length);
  const touched = new Int32Array(starts.length);
  const lengths = Int32Array.from(rowsOf, (rows) => rows?.length ?? 0);
  const order = new Int32Array(starts.length - 1);
  let placed = 0;
  let nextBySize = 0;

  /** The row not placed yet that has most in common with this one, or nothing. */
  function mostSimilar(row: number): number | undefined {
    let count = 0;
    const end = starts[row + 1] ?? 0;
    for (let i = starts[row] ?? 0; i < end; i++) {
      const column = columns[i] ?? 0;
      const others = rowsOf[column];
      if (!others) continue;
      const length = lengths[column] ?? 0;
      let kept = 0;
      for (let at = 0; at < length; at++) {
        const other = others[at] ?? 0;
        // Those that are placed are never looked at again.
        if (isPlaced[other] === 1) continue;
        others[kept++] = other;
        const before = shared[other] ?? 0;
        if (before === 0) touched[count++] = other;
        shared[other] = before + 1;
      }
      lengths[column] = kept;
    }
    let best: number | undefined;
    let bestLikeness = 0;
    for (let at = 0; at < count; at++) {
      const other = touched[at] ?? 0;
      const common = shared[other] ?? 0;
      shared[other] = 0;
      const likeness = common / (size(row) + size(other) - common);
      if (likeness < bestLikeness || (likeness === bestLikeness && best !== undefined && other > best)) continue;
      best = other;
      bestLikeness = likeness;
    }
    return best;
  }

  let row = bySize[0];
  while (row !== undefined) {
    isPlaced[row] = 1;
    for (const twin of twins.get(row) ?? [row]) order[placed++] = twin;
    row = mostSimilar(row);
    if (row !== undefined) continue;
    while (isPlaced[bySize[nextBySize] ?? -1] === 1) nextBySize++;
    row = bySize[nextBySize];
  }
  return order;
}

/** Rows with the same cells, by the first of them. */
function distinctRows({ starts, columns }: Sparse): {
  readonly representatives: readonly number[];
  readonly twins: ReadonlyMap<number, readonly number[]>;
} {
  const byContent = new Map<string, number[]>();
  for (let row = 0; row + 1 < starts.length; row++) {
    const content = columns
      .slice(starts[row], starts[row + 1])
      .sort()
      .join();
    const same = byContent.get(content);
    if (same) same.push(row);
    else byContent.set(content, [row]);
  }
  const twins = new Map([...byContent.values()].map((rows) => [rows[0] ?? 0, rows]));
  return { representatives: [...twins.keys()], twins };
}

/** The rows that have a column; absent where there are too many of them to be compared. */
function rowsByColumn(
  { starts, columns, columnCount }: Sparse,
  rows: readonly number[],
): readonly (Int32Array | undefined)[] {
  const rowsOf: number[][] = Array.from({ length: columnCount }, () => []);
  for (const row of rows) {
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) rowsOf[columns[i] ?? 0]?.push(row);
  }
  let work = 0;
  const kept: (Int32Array | undefined)[] = Array.from({ length: columnCount });
  for (const column of [...rowsOf.keys()].sort((one, other) => length(rowsOf[one]) - length(rowsOf[other]))) {
    work += length(rowsOf[column]) ** 2 / 2;
    if (work > mostWork) break;
    kept[column] = Int32Array.from(rowsOf[column] ?? []);
  }
  return kept;
}

function length(rows: readonly number[] | undefined): number {
  return rows?.length ?? 0;
}

/** The same table with rows and columns exchanged. */
export function transpose({ starts, columns, columnCount }: Sparse): Sparse {
  const counts = new Int32Array(columnCount + 1);
  for (const column of columns) counts[column + 1] = (counts[column + 1] ?? 0) + 1;
  for (let i = 1; i <= columnCount; i++) counts[i] = (counts[i] ?? 0) + (counts[i - 1] ?? 0);
  const next = counts.slice();
  const rows = new Int32Array(columns.length);
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
      const column = columns[i] ?? 0;
      const place = next[column] ?? 0;
      rows[place] = row;
      next[column] = place + 1;
    }
  }
  return { starts: counts, columns: rows, columnCount: starts.length - 1 };
}
