import { existsSync, statSync } from 'node:fs';
import type { StoreReader } from '../core/store.ts';
import { openForReading } from './openForReading.ts';
import { createPages, type Pages } from './queries/pages.ts';
import { type ChangeReader, createChangeReader } from './queries/storeChanges.ts';
import { readTenants } from './queries/tenants.ts';
import { createReads } from './reads.ts';
import { createSql, type Sql } from './sql.ts';
import { isDamage, toStoreError } from './storeError.ts';

/** How the reader found the store's file. */
export type StoreStatus = 'missing' | 'ready' | 'newer' | 'older' | 'damaged';

export interface StoreReaderOptions {
  readonly path: string;
  /** The file cannot be read: time for the writer's `open`, which sets it aside. Called once for each such file. */
  readonly onDamaged?: () => void;
}

interface Connection {
  readonly sql: Sql;
  readonly pages: Pages;
  readonly changes: ChangeReader;
  readonly isNewer: boolean;
  readonly isFrozen: boolean;
  /** The file that it reads. */
  readonly file: string;
  /** The same, and as it was when it was opened if changes of it are not seen. */
  readonly seen: string | undefined;
}

/**
 * Reads the store on a connection of its own. Until there is a file there are no tenants; a file that replaced another
 * is noticed by `takeChanges`. A damaged file reads as none: `status` tells them apart.
 */
export function createStoreReader({ path, onDamaged }: StoreReaderOptions): StoreReader & { status(): StoreStatus } {
  const tenantsOfReplaced = new Set<string>();
  let connection: Connection | undefined;
  /** Which file there is; of one that is read as if it could not change, also whether it did. */
  function fileNow(isFrozen = false): string | undefined {
    const file = statSync(path, { throwIfNoEntry: false });
    return file && (isFrozen ? `${file.ino} ${file.mtimeMs} ${existsSync(`${path}-wal`)}` : `${file.ino}`);
  }
  let wasMissing = fileNow() === undefined;
  let damagedFile: string | undefined;
  let isOlder = false;
  let isClosed = false;

  function close(): void {
    connection?.sql.db.close();
    connection = undefined;
  }

  function reportDamage(file: string | undefined): void {
    close();
    const isFirst = damagedFile !== file;
    damagedFile = file;
    wasMissing = true;
    if (isFirst) onDamaged?.();
  }

  function connect(): Connection | undefined {
    if (connection || isClosed) return connection;
    const file = fileNow();
    if (file === undefined || file === damagedFile) {
      wasMissing = true;
      return undefined;
    }
    try {
      const store = openForReading(path);
      isOlder = store?.isOlder === true;
      if (!store || isOlder) {
        store?.db.close();
        wasMissing = true;
        return undefined;
      }
      const sql = createSql(store.db);
      // Kilobytes that may be held: what is read is all over the file, and SQLite's own two megabytes hold little of it.
      sql.db.exec('PRAGMA cache_size = -16384');
      const changes = createChangeReader(sql, wasMissing);
      const { isNewer, isFrozen } = store;
      connection = { sql, pages: createPages(sql), changes, isNewer, isFrozen, file, seen: fileNow(isFrozen) };
    } catch (error) {
      if (!isDamage(error)) throw toStoreError(error);
      reportDamage(file);
    }
    return connection;
  }

  function read<T>(query: (sql: Sql, pages: Pages) => T, otherwise: T): T {
    const open = connect();
    if (!open) return otherwise;
    try {
      return query(open.sql, open.pages);
    } catch (error) {
      if (!isDamage(error)) throw toStoreError(error);
      reportDamage(open.file);
      return otherwise;
    }
  }

  function takeChanges(): ReturnType<StoreReader['takeChanges']> {
    if (connection && fileNow(connection.isFrozen) !== connection.seen) {
      for (const { id } of read(readTenants, [])) tenantsOfReplaced.add(id);
      close();
      wasMissing = true;
    }
    const changes = [...read(() => connection?.changes.take() ?? [], [])];
    for (const tenantId of tenantsOfReplaced) {
      if (!changes.some((change) => change.tenantId === tenantId)) changes.push({ tenantId });
    }
    tenantsOfReplaced.clear();
    return changes;
  }

  return {
    status: () => {
      const open = connect();
      if (open) return open.isNewer ? 'newer' : 'ready';
      if (damagedFile !== undefined && damagedFile === fileNow()) return 'damaged';
      return isOlder ? 'older' : 'missing';
    },
    ...createReads(read),
    takeChanges,
    close: () => {
      close();
      isClosed = true;
    },
  };
}
