import type { TenantRecord } from '../../core/model.ts';
import type { Sql } from '../sql.ts';

interface Row {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly account: string | null;
  readonly connection: string;
  readonly is_sample: number;
}

const columns = 'id, provider, name, account, connection, is_sample';

/** In the order in which they were added. */
export function readTenants(sql: Sql): TenantRecord[] {
  return sql.all<Row>(`SELECT ${columns} FROM tenant ORDER BY key`).map(toTenant);
}

export function readTenant(sql: Sql, tenantId: string): TenantRecord | undefined {
  const row = sql.get<Row>(`SELECT ${columns} FROM tenant WHERE id = ?`, tenantId);
  return row && toTenant(row);
}

export function hasAgreedToHost(sql: Sql, host: string): boolean {
  return sql.get('SELECT 1 FROM agreed_host WHERE host = ?', host) !== undefined;
}

function toTenant({ id, provider, name, account, connection, is_sample }: Row): TenantRecord {
  return {
    id,
    provider,
    name,
    ...(account === null ? {} : { account }),
    connection: JSON.parse(connection),
    isSample: is_sample === 1,
  };
}
