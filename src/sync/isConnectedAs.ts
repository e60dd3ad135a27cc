import type { StoredConnection, TenantRecord } from '../core/model.ts';
import type { StoreReader } from '../core/store.ts';

/** Whether the tenant is still connected as it was; its name may change. */
export function isConnectedAs(reader: StoreReader, { id, connection }: TenantRecord): boolean {
  const unnamed = (one: StoredConnection | undefined) => JSON.stringify({ ...one, name: '' });
  return unnamed(reader.tenant(id)?.connection) === unnamed(connection);
}
