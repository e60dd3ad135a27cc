import type { DatabaseSync } from 'node:sqlite';
import { schema } from './schema.ts';
import { currentVersion, storeVersion } from './version.ts';

/** Who is signed in to a tenant, and how often its secret was replaced. */
const sessions = `
ALTER TABLE tenant ADD COLUMN account_id TEXT;
ALTER TABLE tenant ADD COLUMN signed_out INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tenant ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
`;

/**
 * One step a version, in order; a published step is never edited. Steps only add: an older version of the extension
 * still reads what a newer one wrote.
 */
export const migrations: readonly string[] = [schema, sessions];

/** Brings a store to the current version. Two windows may do so at once: one waits for the other. */
export function migrate(db: DatabaseSync): void {
  if (storeVersion(db) >= currentVersion) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const step of migrations.slice(storeVersion(db))) db.exec(step);
    if (storeVersion(db) < currentVersion) db.exec(`PRAGMA user_version = ${currentVersion}`);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}
