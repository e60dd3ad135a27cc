import type { StoredConnection } from '../core/model.ts';
import { claimsOf, textClaim } from './claims.ts';

/**
 * A connection to UiPath may lack the organization's id, which the token tells; and the name of the organization, where
 * the id does as well. @param token asked only where something is lacking
 */
export async function completed(connection: StoredConnection, token: () => Promise<string>): Promise<StoredConnection> {
  const isIssuedHere = connection.signIn === 'oauth' || connection.signIn === 'clientCredentials';
  if (connection.provider !== 'uipath' || !isIssuedHere || connection.partitionGlobalId) return connection;
  const partitionGlobalId = textClaim(await claimsOf(await token()), 'prt_id');
  return partitionGlobalId === undefined ? connection : { ...connection, partitionGlobalId };
}
