import type { DatabaseSync } from 'node:sqlite';

/** The version of the store that this code writes: as many as there are migrations. */
export const currentVersion = 11;

/** The version of a store; 0 for one that nothing was written to. */
export function storeVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}
