import { readShown, type Shown } from '../../core/access/readShown.ts';
import type { Subject } from '../../core/access/subject.ts';
import { isAppError } from '../../core/errors.ts';
import type { SnapshotComparison } from '../../core/savedSnapshots.ts';
import type { AccessRow } from './accessRow.ts';
import { createRows, type RowOptions } from './accessRows.ts';
import { changesRows } from './changesRows.ts';
import { accessRows, failureRow } from './rootRows.ts';

export interface AccessModelOptions extends RowOptions {
  /** Whether it reads now. */
  setBusy(isBusy: boolean): void;
  isVisible(): boolean;
  onError(error: unknown): void;
  /** Milliseconds between two readings that follow changes of the store, at least. */
  readonly interval?: number;
}

/** The view "Access" without VS Code. */
export interface AccessModel {
  /** Resolves when it is read; a failure to read is told by a row. */
  show(subjects: readonly Subject[]): Promise<void>;
  /** In the place of anybody's access. */
  showChanges(comparison: SnapshotComparison): void;
  changes(): SnapshotComparison | undefined;
  subjects(): readonly Subject[];
  roots(): readonly AccessRow[];
  /** Rows below a row; a failure to read them is told by a row. */
  children(row: AccessRow): Promise<readonly AccessRow[]>;
  /** Something changed in the store: what is shown is read again before long. */
  onStoreChange(): void;
  /** The view came into sight: what it missed meanwhile is read. */
  onVisible(): void;
  dispose(): void;
}

export function createAccessModel(options: AccessModelOptions): AccessModel {
  const { reader, isVisible, setBusy, onError, interval = 500 } = options;
  const rows = createRows(options);
  let subjects: readonly Subject[] = [];
  let shown: Shown | undefined;
  let changes: SnapshotComparison | undefined;
  let failure: unknown;
  let reading: AbortController | undefined;
  let isStale = false;
  let timer: NodeJS.Timeout | undefined;
  let lasted = 0;
  let isDisposed = false;

  async function read(): Promise<void> {
    reading?.abort();
    const own = new AbortController();
    reading = own;
    isStale = false;
    setBusy(true);
    const start = performance.now();
    try {
      const next = await readShown(reader, subjects, own.signal, options.isAdmin);
      if (own.signal.aborted) return;
      [shown, failure] = [next, undefined];
    } catch (error) {
      if (own.signal.aborted || isAppError(error, 'cancelled')) return;
      failure = error;
      onError(error);
    } finally {
      if (reading === own) {
        reading = undefined;
        lasted = performance.now() - start;
        setBusy(false);
        if (isStale) follow();
      }
    }
    options.fire(undefined);
  }

  /** The more there is to read, the seldomer: a load changes the store all the time. */
  function follow(): void {
    isStale = true;
    if (isDisposed || subjects.length === 0 || timer || reading || !isVisible()) return;
    timer = setTimeout(
      () => {
        timer = undefined;
        if (isVisible()) void read();
      },
      Math.max(interval, 5 * lasted),
    );
  }

  function begin(next: readonly Subject[], compared?: SnapshotComparison): void {
    clearTimeout(timer);
    timer = undefined;
    reading?.abort();
    [subjects, changes] = [next, compared];
    [shown, failure] = [undefined, undefined];
    rows.clear();
    options.fire(undefined);
  }

  return {
    show: (next) => {
      begin(next);
      return read();
    },
    showChanges: (comparison) => begin([], comparison),
    changes: () => changes,
    subjects: () => subjects,
    roots: () => {
      if (changes) return changesRows(rows, changes);
      if (subjects.length === 0) return [];
      const failed = failure === undefined ? [] : [failureRow(rows, undefined, failure, () => void read())];
      return shown ? [...failed, ...accessRows(rows, shown)] : failed;
    },
    children: async (row) => {
      try {
        return (await row.children?.()) ?? [];
      } catch (error) {
        onError(error);
        return [failureRow(rows, row, error, () => options.fire(row))];
      }
    },
    onStoreChange: follow,
    onVisible: () => {
      if (isStale) follow();
    },
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      reading?.abort();
      rows.clear();
    },
  };
}
