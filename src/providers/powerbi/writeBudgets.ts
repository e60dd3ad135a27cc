import type { StoredConnection } from '../../core/model.ts';
import type { Budget } from '../../core/provider/budget.ts';
import type { WriteCall } from '../../core/provider/writes.ts';
import { isKnownHost } from '../../core/tenants/endpoint.ts';
import { hosts } from './clouds.ts';

/** 200 requests an hour of each of the admin routes that change something, as the API's definition states. */
const limits = [{ most: 200, within: 60 * 60_000 }];

/** The limits hold for a directory. Where it is not named, each tenant is taken for one of its own. */
export function writeBudget(
  { url }: WriteCall,
  { directoryId }: StoredConnection,
  tenantId: string,
  name: string,
): Budget | undefined {
  if (!isKnownHost(url, hosts)) return undefined;
  return { key: JSON.stringify(['powerbi', directoryId?.toLowerCase() ?? tenantId, name]), limits };
}
