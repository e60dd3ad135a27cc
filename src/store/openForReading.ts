import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { isDamage, unreadableLog } from './storeError.ts';
import { currentVersion, storeVersion } from './version.ts';

/** A store that is open for reading. */
export interface OpenStore {
  readonly db: DatabaseSync;
  /** Written by a newer version of the extension. */
  readonly isNewer: boolean;
  /** Written by an older version, and not brought up to date yet: its rows cannot be read. */
  readonly isOlder: boolean;
  /** Opened without regard to writers, as there can be none: what changes after all is not seen. */
  readonly isFrozen: boolean;
}

/** A reader hardly ever waits under WAL; if it must, then not long, on the main thread. */
const readerTimeout = 250;

/**
 * Opens a store for reading. Nothing where no store was made yet.
 * @throws SQLite's error, see `isDamage`; AppError `unavailable` where reading would need a write that is not allowed
 */
export function openForReading(path: string): OpenStore | undefined {
  try {
    return checked(openDatabase(path, { timeout: readerTimeout, readOnly: true }), false);
  } catch (error) {
    // Readers and writers meet in a file of SQLite's beside the store. Where it cannot be made, nobody writes either.
    if (isDamage(error) || isWritable(dirname(path)) || !existsSync(path)) throw error;
    if (hasLog(path)) throw unreadableLog(error);
    return checked(openFrozen(path), true);
  }
}

/** Reads a file that cannot change, without any lock. */
function openFrozen(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  url.searchParams.set('immutable', '1');
  return openDatabase(url, { readOnly: true });
}

/** SQLite is loaded when a store is first read: nobody who only starts VS Code waits for it. */
function openDatabase(...args: ConstructorParameters<typeof DatabaseSync>): DatabaseSync {
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  return new DatabaseSync(...args);
}

function checked(db: DatabaseSync, isFrozen: boolean): OpenStore | undefined {
  try {
    checkFile(db);
    const version = storeVersion(db);
    if (version > 0) return { db, isNewer: version > currentVersion, isOlder: version < currentVersion, isFrozen };
    db.close();
    return undefined;
  } catch (error) {
    if (db.isOpen) db.close();
    throw error;
  }
}

/** Whether something was written that is not in the file itself yet. */
function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** Whether files can be made in a folder. For an administrator, too, a disk may be read-only. */
export function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** SQLite looks at a file only when something is read of it: its header, and the page that lists the tables. */
export function checkFile(db: DatabaseSync): void {
  storeVersion(db);
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
}
