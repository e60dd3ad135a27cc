import { type Sql, transaction } from '../sql.ts';
import { countIndexed, reindex } from './searchIndex.ts';

/** Pages that are given back at once, so that other windows get their turn. */
const slice = 2000;

/**
 * Runs work that removes rows, as one transaction; what they said does not stay in the file either, and the file
 * shrinks. Page by page rather than by VACUUM: that would need room for the whole store a second time, and would keep
 * other windows from writing all the while.
 */
export function erase(sql: Sql, work: () => void): void {
  sql.db.exec('PRAGMA secure_delete = ON');
  try {
    transaction(sql, () => {
      const before = countIndexed(sql);
      work();
      if (countIndexed(sql) !== before) reindex(sql);
    });
  } finally {
    sql.db.exec('PRAGMA secure_delete = FAST');
  }
  // Until then the removed rows stand in the log. A window that reads may put it off; then its checkpoint does it.
  truncateLog(sql);
  if (freePages(sql) === 0) return;
  for (let left = freePages(sql); left > 0; ) {
    sql.db.exec(`PRAGMA incremental_vacuum(${slice})`);
    const now = freePages(sql);
    // Another window may be using them up meanwhile.
    if (now >= left) break;
    left = now;
  }
  truncateLog(sql);
}

function truncateLog(sql: Sql): void {
  sql.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function freePages(sql: Sql): number {
  return sql.get<{ freelist_count: number }>('PRAGMA freelist_count')?.freelist_count ?? 0;
}
