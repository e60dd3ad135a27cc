import type { StoredConnection } from '../../core/model.ts';
import type { Budget } from '../../core/provider/budget.ts';
import type { PageRequest } from '../../core/provider/provider.ts';
import { isKnownHost } from '../../core/tenants/endpoint.ts';
import { hosts } from './clouds.ts';

const minute = 60_000;
const hour = 60 * minute;

/**
 * Limits of the admin routes, as the API's definition states them (`Groups_GetGroupsAsAdmin`, `…GetGroupUsersAsAdmin`,
 * `Users_GetUserArtifactAccessAsAdmin`).
 */
const limits = {
  groups: [
    { most: 50, within: hour },
    { most: 15, within: minute },
  ],
  allMembers: [{ most: 200, within: hour }],
  itemsOf: [{ most: 200, within: hour }],
} as const;

/** The limits hold for a directory. Where it is not named, each tenant is taken for one of its own. */
export function budgetKey({ directoryId }: StoredConnection, tenantId: string, name: string): string {
  return JSON.stringify(['powerbi', directoryId?.toLowerCase() ?? tenantId, name]);
}

export function budget(request: PageRequest, connection: StoredConnection, tenantId: string): Budget | undefined {
  if (!request.isAdmin || !isKnownHost(request.url, hosts)) return undefined;
  const name = request.shape === 'allMembers' || request.shape === 'itemsOf' ? request.shape : 'groups';
  return { key: budgetKey(connection, tenantId, name), limits: limits[name] };
}
