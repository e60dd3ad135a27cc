import type { StoredConnection } from '../../core/model.ts';
import type { Budget } from '../../core/provider/budget.ts';
import type { WriteCall } from '../../core/provider/writes.ts';
import { isKnownHost } from '../../core/tenants/endpoint.ts';
import { budgetKey } from './budgets.ts';
import { hosts } from './clouds.ts';

/** 200 requests an hour of each of the admin routes that change something, as the API's definition states. */
const limits = [{ most: 200, within: 60 * 60_000 }];

export function writeBudget(
  { url }: WriteCall,
  connection: StoredConnection,
  tenantId: string,
  name: string,
): Budget | undefined {
  return isKnownHost(url, hosts) ? { key: budgetKey(connection, tenantId, name), limits } : undefined;
}
