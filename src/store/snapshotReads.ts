import type { SnapshotWithReads } from '../core/snapshot.ts';
import { createPages } from './queries/pages.ts';
import { createReads } from './reads.ts';
import { guarded, openMoment, snapshotOf } from './snapshot.ts';

/** As `openSnapshot`, with the questions of every reader: the thread of an export, which has none, need not load them. */
export function openSnapshotWithReads(path: string): SnapshotWithReads | undefined {
  const sql = openMoment(path);
  if (!sql) return undefined;
  const pages = createPages(sql);
  return { ...snapshotOf(sql), reads: createReads((query) => guarded(() => query(sql, pages))) };
}
