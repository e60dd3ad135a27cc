import type { StoredConnection } from '../../core/model.ts';
import type { Sql } from '../sql.ts';

/** What a tenant's list of groups is asked with, as one text: asked with something else, other groups are in it. */
export function askedWith(sql: Sql, tenant: number): string | undefined {
  const row = sql.get<{ account: string | null; connection: string }>(
    'SELECT coalesce(account_id, account) AS account, connection FROM tenant WHERE key = ?',
    tenant,
  );
  if (!row) return undefined;
  const connection: StoredConnection = JSON.parse(row.connection);
  const { endpoint, cloud, directoryId, organization, partitionGlobalId, scope, workspaces, clientId } = connection;
  // Whoever may read a whole tenant gets the same list.
  const whose = scope === 'admin' ? undefined : (row.account ?? clientId);
  return JSON.stringify([endpoint, cloud, directoryId, organization, partitionGlobalId, scope, workspaces, whose]);
}
