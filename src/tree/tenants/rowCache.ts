/** A row that can take on the newest data of what it stands for. */
export interface Updatable<T> {
  update(item: T): void;
}

export interface RowCache<T, R extends Updatable<T>> {
  /** Rows for these items: those there are, with the newest data, and new ones. Rows of other items are dropped. */
  show(items: readonly T[]): readonly R[];
  get(key: string): R | undefined;
  values(): Iterable<R>;
}

/** Keeps rows the same objects from one rendering to the next: VS Code knows them by identity. */
export function createRowCache<T, R extends Updatable<T>>(
  keyOf: (item: T) => string,
  create: (item: T) => R,
): RowCache<T, R> {
  let held = new Map<string, R>();
  return {
    show: (items) => {
      const next = new Map<string, R>();
      for (const item of items) {
        const key = keyOf(item);
        const row = held.get(key);
        row?.update(item);
        next.set(key, row ?? create(item));
      }
      held = next;
      return [...held.values()];
    },
    get: (key) => held.get(key),
    values: () => held.values(),
  };
}
