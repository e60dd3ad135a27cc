import { DatabaseSync } from 'node:sqlite';
import type { TenantRecord } from '../core/model.ts';
import type { IgnoredColumns } from './ignoredColumns.ts';
import { readTenants } from './queries/tenants.ts';
import { readLog, writeLog } from './salvageLog.ts';
import { createSql, type Sql } from './sql.ts';
import { addTenant } from './write/tenants.ts';

/**
 * Copies tenants, agreed hosts, ignored findings and the change log, each as far as they can be read, from a damaged
 * store. Every tenant is read-only then.
 */
export function salvage(damagedPath: string, sql: Sql): void {
  let tenants: TenantRecord[] = [];
  let hosts: string[] = [];
  const ignored: (IgnoredColumns & { readonly tenantId: string })[] = [];
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
    for (const row of rows.iterate()) ignored.push(row as unknown as (typeof ignored)[number]);
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
}
