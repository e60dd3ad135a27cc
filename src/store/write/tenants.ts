import { AppError } from '../../core/errors.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { TenantRowChange } from '../../core/store.ts';
import type { Sql } from '../sql.ts';
import { recordChange } from './changes.ts';
import { forgetGroups } from './forget.ts';
import { locate } from './load.ts';

export function addTenant(sql: Sql, tenant: TenantRecord): void {
  const { id, provider, name, account, connection, isSample } = tenant;
  if (sql.get('SELECT 1 FROM tenant WHERE id = ?', id)) throw new AppError('conflict', 'This tenant is there already.');
  sql.run(
    'INSERT INTO tenant (id, provider, name, account, connection, is_sample) VALUES (?, ?, ?, ?, ?, ?)',
    id,
    provider,
    name,
    account,
    JSON.stringify(connection),
    isSample ? 1 : 0,
  );
  recordChange(sql, id);
}

/** Inside of `erase` if it forgets groups. @throws AppError `notFound` for a tenant that is gone */
export function updateTenant(
  sql: Sql,
  tenantId: string,
  { name, connection, account, forgetsGroups }: TenantRowChange,
): void {
  const { tenant } = locate(sql, { list: 'groups', tenantId });
  sql.run(
    `UPDATE tenant SET name = coalesce(?, name), connection = coalesce(?, connection), account = coalesce(?, account)
     WHERE key = ?`,
    name,
    connection && JSON.stringify(connection),
    account,
    tenant,
  );
  if (forgetsGroups) forgetGroups(sql, tenantId);
  recordChange(sql, tenantId);
}

/** Removes a tenant and all its rows, inside of `erase`. */
export function removeTenant(sql: Sql, tenantId: string): void {
  if (sql.run('DELETE FROM tenant WHERE id = ?', tenantId) === 0) return;
  sql.run('DELETE FROM change WHERE tenant = ?', tenantId);
  recordChange(sql, tenantId);
}
