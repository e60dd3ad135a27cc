import type { StoredConnection } from '../../core/model.ts';
import type { Budget } from '../../core/provider/budget.ts';
import type { PageRequest } from '../../core/provider/provider.ts';
import { isKnownHost, serviceRoot } from '../../core/tenants/endpoint.ts';
import { endpoints, hosts } from './hosts.ts';

/** GETs of the Identity API, an organization; in the cloud only (UiPath's page on rate limits of the identity server). */
const gets = [{ most: 300, within: 5 * 60_000 }];

export function budget(_: PageRequest, connection: StoredConnection): Budget | undefined {
  return readBudget(connection);
}

export function readBudget(connection: StoredConnection): Budget | undefined {
  return budgetOf(connection, 'get', gets);
}

export function budgetOf(connection: StoredConnection, name: string, limits: Budget['limits']): Budget | undefined {
  const { origin } = new URL(serviceRoot(connection, endpoints));
  if (!isKnownHost(origin, hosts)) return undefined;
  const partition = connection.partitionGlobalId?.toLowerCase() ?? '';
  return { key: JSON.stringify(['uipath', origin, partition, name]), limits };
}
