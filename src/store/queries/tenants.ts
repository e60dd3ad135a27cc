import type { TenantRecord } from '../../core/model.ts';
import type { Sql } from '../sql.ts';

/** A damaged store, too, is read so far, and it may be of an older version: later columns may be missing. */
interface Row {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly account: string | null;
  readonly connection: string;
  readonly is_sample: number;
  readonly account_id?: string | null;
  readonly signed_out?: number;
  readonly generation?: number;
  readonly allows_changes?: number;
}

/** In the order in which they were added. */
export function readTenants(sql: Sql): TenantRecord[] {
  return sql.all<Row>('SELECT * FROM tenant ORDER BY key').map(toTenant);
}

export function readTenant(sql: Sql, tenantId: string): TenantRecord | undefined {
  const row = sql.get<Row>('SELECT * FROM tenant WHERE id = ?', tenantId);
  return row && toTenant(row);
}

export function hasAgreedToHost(sql: Sql, host: string): boolean {
  return sql.get('SELECT 1 FROM agreed_host WHERE host = ?', host) !== undefined;
}

function toTenant(row: Row): TenantRecord {
  const { id, provider, name, account, connection, is_sample, account_id, signed_out, generation, allows_changes } =
    row;
  return {
    id,
    provider,
    name,
    ...(account === null ? {} : { account }),
    connection: JSON.parse(connection),
    isSample: is_sample === 1,
    ...(signed_out === 1 ? { isSignedOut: true } : {}),
    ...(account_id ? { accountId: account_id } : {}),
    ...(generation ? { generation } : {}),
    ...(allows_changes === 1 ? { allowsChanges: true } : {}),
  };
}
