import type { StoredConnection } from '../core/model.ts';
import { isServiceProvider, type Provider } from '../core/provider/provider.ts';
import { claimsOf, textClaim } from './claims.ts';

/**
 * A connection as requests need it: the organization's id may be left out where the token tells it.
 * @param token asked only where something is lacking
 */
export async function completed(
  connection: StoredConnection,
  provider: Provider | undefined,
  token: () => Promise<string>,
): Promise<StoredConnection> {
  const needsId = provider && isServiceProvider(provider) && provider.fields.includes('partitionGlobalId');
  if (!needsId || connection.partitionGlobalId) return connection;
  const partitionGlobalId = textClaim(await claimsOf(await token()), 'prt_id');
  return partitionGlobalId === undefined ? connection : { ...connection, partitionGlobalId };
}
