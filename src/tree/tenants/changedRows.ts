import type { Row } from '../row.ts';

/** Collects rows that changed and tells them at once. */
export interface ChangedRows {
  add(row: Row): void;
  /** Everything changed: tenants came or went. */
  addAll(): void;
  /** Tells now what is waiting. */
  flush(): void;
  dispose(): void;
}

/** More changed rows below one parent than this: then the parent is rendered instead. */
const manyRows = 100;

/** @param fire rows to render again, or everything @param delay milliseconds */
export function createChangedRows(fire: (rows: readonly Row[] | undefined) => void, delay: number): ChangedRows {
  const rows = new Set<Row>();
  let isAll = false;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const told = isAll ? undefined : withoutDescendants(withoutCrowds(rows));
    rows.clear();
    isAll = false;
    if (told === undefined || told.length > 0) fire(told);
  }

  function schedule(): void {
    timer ??= setTimeout(flush, delay);
  }

  return {
    add: (row) => {
      rows.add(row);
      schedule();
    },
    addAll: () => {
      isAll = true;
      schedule();
    },
    flush,
    dispose: () => clearTimeout(timer),
  };
}

function withoutCrowds(rows: ReadonlySet<Row>): ReadonlySet<Row> {
  const counts = new Map<Row | undefined, number>();
  for (const { parent } of rows) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  return new Set([...rows].map((row) => (row.parent && (counts.get(row.parent) ?? 0) > manyRows ? row.parent : row)));
}

/** Rendering a row renders what is below it, too. */
function withoutDescendants(rows: ReadonlySet<Row>): readonly Row[] {
  return [...rows].filter((row) => {
    for (let above = row.parent; above; above = above.parent) if (rows.has(above)) return false;
    return true;
  });
}
