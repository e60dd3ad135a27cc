import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../core/errors.ts';
import type { TenantRecord } from '../core/model.ts';
import { isDamaged } from './open.ts';
import { readTenants } from './queries/tenants.ts';
import { readLog, writeLog } from './salvageLog.ts';
import { createSql, type Sql } from './sql.ts';
import { addTenant } from './write/tenants.ts';

/** Longer than any rename takes: then the window that held the lock is gone. */
const staleAfter = 30_000;

/**
 * Sets a damaged store aside: it is kept, under a name that tells when. Answers that name; nothing when the file is
 * sound, because another window was quicker.
 * @param isSuspect something deep in the file could not be read, so every page of it is looked at
 */
export function setAside(path: string, isSuspect: boolean, now: Date = new Date()): string | undefined {
  return withLock(`${path}.lock`, () => {
    if (!existsSync(path) || !isDamaged(path, isSuspect)) return undefined;
    const kept = `${path}.damaged-${now.toISOString().replaceAll(':', '-')}`;
    // The log first: a fresh file must never find the log of another.
    for (const suffix of ['-wal', '-shm', '']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix);
    }
    return kept;
  });
}

/** Removes the damaged stores that were set aside: all, or those that nothing was written to since then. */
export function removeSetAside(path: string, before?: Date): void {
  for (const name of readdirSync(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.damaged-`)) continue;
    const kept = join(dirname(path), name);
    if (before === undefined || statSync(kept).mtime < before) rmSync(kept, { force: true });
  }
}

interface IgnoredRow {
  readonly tenantId: string;
  readonly finding: string;
  readonly group_id: string;
  readonly member_id: string;
  readonly access: string;
  readonly reason: string;
  readonly ignored_by: string;
  readonly at: string;
}

/**
 * Copies tenants, agreed hosts, ignored findings and the change log, each as far as they can be read, from a damaged
 * store. Every tenant is read-only then. Answers how many tenants.
 */
export function salvage(damagedPath: string, sql: Sql): number {
  let tenants: TenantRecord[] = [];
  let hosts: string[] = [];
  const ignored: IgnoredRow[] = [];
  let log: ReturnType<typeof readLog> = [];
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(damagedPath, { readOnly: true });
    const damaged = createSql(db);
    log = readLog(db);
    tenants = readTenants(damaged);
    hosts = damaged.all<{ host: string }>('SELECT host FROM agreed_host').map(({ host }) => host);
    const rows = db.prepare('SELECT t.id AS tenantId, i.* FROM ignored_finding i JOIN tenant t ON t.key = i.tenant');
    // What is selected stands above.
    for (const row of rows.iterate()) ignored.push(row as unknown as IgnoredRow);
  } catch {
    // What was read until here is what there is.
  } finally {
    db?.close();
  }
  writeLog(sql, log);
  for (const host of hosts) sql.run('INSERT OR IGNORE INTO agreed_host (host) VALUES (?)', host);
  for (const tenant of tenants) addTenant(sql, tenant);
  for (const { tenantId, finding, group_id, member_id, access, reason, ignored_by, at } of ignored) {
    sql.run(
      `INSERT OR IGNORE INTO ignored_finding (tenant, finding, group_id, member_id, access, reason, ignored_by, at)
       SELECT key, ?, ?, ?, ?, ?, ?, ? FROM tenant WHERE id = ?`,
      ...[finding, group_id, member_id, access, reason, ignored_by, at, tenantId],
    );
  }
  return tenants.length;
}

/** Two windows that find the same damage must not both rename: the second would rename the fresh store. */
function withLock<T>(lock: string, work: () => T): T {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; ; tries++) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isStale(lock)) tryRemove(lock);
      else if (tries > 200)
        throw new AppError('unavailable', 'Another window is setting the damaged store aside.', { cause: error });
      else Atomics.wait(sleeper, 0, 0, 50);
    }
  }
  try {
    return work();
  } finally {
    tryRemove(lock);
  }
}

function isStale(lock: string): boolean {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > staleAfter;
}

function tryRemove(lock: string): void {
  try {
    rmdirSync(lock);
  } catch {
    // Another window was quicker.
  }
}
