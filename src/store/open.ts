import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrations.ts';
import { checkFile, isWritable, type OpenStore } from './openForReading.ts';
import { isDamage, readOnlyStore } from './storeError.ts';
import { currentVersion, storeVersion } from './version.ts';

/** The worker may wait for another window: nobody waits for the worker's thread. */
const writerTimeout = 10_000;

/**
 * Opens a store for writing, making or migrating it as needed. Its folder is the store's own. A store of a newer
 * version is opened too, for reading only.
 * @throws SQLite's error, see `isDamage`; AppError `unavailable` on storage that may only be read
 */
export function openForWriting(path: string): OpenStore {
  try {
    makeFile(path);
    return openFile(path);
  } catch (error) {
    throw isDamage(error) || isWritable(dirname(path)) ? error : readOnlyStore(error);
  }
}

function openFile(path: string): OpenStore {
  const db = new DatabaseSync(path, { timeout: writerTimeout, enableForeignKeyConstraints: true });
  try {
    checkFile(db);
    if (storeVersion(db) > currentVersion) {
      db.close();
      return {
        db: new DatabaseSync(path, { timeout: writerTimeout, readOnly: true }),
        isNewer: true,
        isOlder: false,
        isFrozen: false,
      };
    }
    // Before the first table is made: later it has no effect.
    db.exec('PRAGMA auto_vacuum = INCREMENTAL');
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = ${32 << 20};
      PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;
      PRAGMA secure_delete = FAST`);
    migrate(db);
    return { db, isNewer: false, isOlder: false, isFrozen: false };
  } catch (error) {
    if (db.isOpen) db.close();
    throw error;
  }
}

/** Whether a store's file is damaged; with `isSuspect`, after a look at every page of it. */
export function isDamaged(path: string, isSuspect: boolean): boolean {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: writerTimeout, readOnly: true });
    checkFile(db);
    return isSuspect && db.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok';
  } catch (error) {
    return isDamage(error);
  } finally {
    db?.close();
  }
}

/**
 * The store holds customers' directories: nobody else on the machine may read it. SQLite's side files get the same
 * mode.
 */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    // Never opened otherwise: closing it would drop the locks that SQLite holds on it in this process.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return;
  }
  tryChmod(dirname(path), 0o700);
  tryChmod(path, 0o600);
}

function tryChmod(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch {
    // A read-only disk, or a file system without modes: opening it says more.
  }
}
