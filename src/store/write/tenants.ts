import { AppError } from '../../core/errors.ts';
import type { Session, TenantRecord } from '../../core/model.ts';
import type { TenantRowChange } from '../../core/store.ts';
import { noGroupOf } from '../listingKeys.ts';
import type { Sql } from '../sql.ts';
import { recordChange } from './changes.ts';
import { forgetGroups } from './forget.ts';
import { locate } from './load.ts';

export function addTenant(sql: Sql, tenant: TenantRecord): void {
  const { id, provider, name, account, connection, isSample, isSignedOut, accountId, generation } = tenant;
  if (sql.get('SELECT 1 FROM tenant WHERE id = ?', id)) throw new AppError('conflict', 'This tenant is there already.');
  sql.run(
    `INSERT INTO tenant (id, provider, name, account, connection, is_sample, signed_out, account_id, generation)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    provider,
    name,
    account,
    JSON.stringify(connection),
    isSample ? 1 : 0,
    isSignedOut ? 1 : 0,
    accountId,
    generation ?? 0,
  );
  recordChange(sql, id);
}

/** Inside of `erase` if it forgets groups. @throws AppError `notFound` for a tenant that is gone */
export function updateTenant(sql: Sql, tenantId: string, { name, connection, forgetsGroups }: TenantRowChange): void {
  const { tenant } = locate(sql, { list: 'groups', tenantId });
  sql.run(
    'UPDATE tenant SET name = coalesce(?, name), connection = coalesce(?, connection) WHERE key = ?',
    name,
    connection && JSON.stringify(connection),
    tenant,
  );
  if (forgetsGroups) forgetGroups(sql, tenantId);
  recordChange(sql, tenantId);
}

/** Says who is signed in. Signing out counts as a replacement of the secret: what is under way comes too late. */
export function setSession(sql: Sql, tenantId: string, session: Session): void {
  const { tenant } = locate(sql, { list: 'groups', tenantId });
  const { account, accountId } = session.isSignedOut ? {} : session;
  sql.run(
    'UPDATE tenant SET signed_out = ?, account = ?, account_id = ?, generation = generation + ? WHERE key = ?',
    session.isSignedOut ? 1 : 0,
    account,
    accountId,
    session.isSignedOut ? 1 : 0,
    tenant,
  );
  recordChange(sql, tenantId);
}

/** Says whether a tenant's access may be changed. @throws AppError `notFound` */
export function setAllowsChanges(sql: Sql, tenantId: string, allowsChanges: boolean): void {
  const { tenant } = locate(sql, { list: 'groups', tenantId });
  sql.run('UPDATE tenant SET allows_changes = ? WHERE key = ?', allowsChanges ? 1 : 0, tenant);
  recordChange(sql, tenantId);
}

/** Counts a replacement of the secret, if there was none since `from`. Not a change: nothing of it is shown. */
export function nextGeneration(sql: Sql, tenantId: string, from: number | undefined): number | undefined {
  return sql.get<{ generation: number }>(
    'UPDATE tenant SET generation = generation + 1 WHERE id = ? AND generation = coalesce(?, generation) RETURNING generation',
    tenantId,
    from,
  )?.generation;
}

/** Removes a tenant and all its rows, inside of `erase`. */
export function removeTenant(sql: Sql, tenantId: string): void {
  const tenant = sql.get<{ key: number }>('SELECT key FROM tenant WHERE id = ?', tenantId)?.key;
  if (tenant === undefined) return;
  sql.run('DELETE FROM member WHERE grp = ?', noGroupOf(tenant));
  sql.run('DELETE FROM tenant WHERE key = ?', tenant);
  sql.run('DELETE FROM change WHERE tenant = ?', tenantId);
  recordChange(sql, tenantId);
}
