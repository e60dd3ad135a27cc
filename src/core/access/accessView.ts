import type { SnapshotComparison } from '../savedSnapshots.ts';
import type { Subject } from './subject.ts';

/** What the view "Access" can be told; commands know no more of it. */
export interface AccessView {
  /** Opens the view and shows the access of one, or of two side by side; of nobody empties it. Resolves when it is read. */
  show(subjects: readonly Subject[]): Promise<void>;
  /** Opens the view and shows what changed between two snapshots, until something else is to be shown. */
  showChanges(comparison: SnapshotComparison): Promise<void>;
  /** What `showChanges` was told, while it is shown. */
  changes(): SnapshotComparison | undefined;
  /** Whose access is shown: of nobody, of one, or of two that are compared. */
  shown(): readonly Subject[];
  /** Shows more rows, if this is a row "Load more" of the view. @returns whether it was */
  showMore(row: unknown): boolean;
}
