import type { StoredConnection } from '../../core/model.ts';
import type { AfterError, PageRequest, ProviderRequests } from '../../core/provider/provider.ts';
import { joinUrl, serviceRoot } from '../../core/tenants/endpoint.ts';
import { serviceIdOf } from '../serviceId.ts';
import { batchOf } from './batch.ts';
import { endpoints } from './clouds.ts';

/** The most that Graph gives at once. */
const pageSize = 999;

/** Of directory objects, `$expand` brings so many and says nothing of the others. */
export const expandedAtMost = 20;

/**
 * `members` leaves out service principals (a known issue of v1.0, told on the page "List group members"), so they are
 * asked for apart: `apps` is the type cast, which is paged; `expanded` is the group with `$expand=members`, the
 * documented way, which shows the first of them. `batch` is members and apps in one.
 */
export type Shape = 'groups' | 'members' | 'expanded' | 'apps' | 'batch';

/** What members are asked for; `userType` tells guests, and is not sent unasked. */
const memberFields = [
  ...['id', 'displayName', 'mail', 'userPrincipalName', 'userType', 'jobTitle', 'department', 'companyName'],
  ...['appId', 'servicePrincipalType', 'groupTypes', 'securityEnabled', 'mailEnabled'],
].join(',');

export const requests: ProviderRequests = {
  groups: (connection) => ({
    url: `${route(connection, 'groups')}?$top=${pageSize}`,
    shape: 'groups' satisfies Shape,
    state: {},
  }),
  probe: (connection) => ({
    url: `${route(connection, 'groups')}?$top=1`,
    shape: 'groups' satisfies Shape,
    state: {},
  }),
  members: (connection, group) => {
    const path = route(connection, 'groups', serviceIdOf(group));
    const state = { path, isHidden: group.details.visibility === 'HiddenMembership', listed: 0 };
    const url = `${path}/members?$top=${pageSize}&$select=${memberFields}`;
    const members = { url, shape: 'members' satisfies Shape, state };
    // Whether nobody is an answer can be told of both together only.
    const part = { ...members, state: { ...state, isHidden: false, hasAppsApart: true } };
    return { ...members, inOne: batchOf(route(connection), [part, appsOf(part)], state) };
  },
  afterError,
};

/** The group with the first of its members, whatever they are. */
export function expandedOf({ state, behind }: PageRequest): PageRequest {
  const url = `${String(state.path)}?$select=id&$expand=members`;
  return { url, shape: 'expanded' satisfies Shape, state: { ...state, wasExpanded: true }, ...(behind && { behind }) };
}

/** The group's service principals, page by page. Casts are advanced queries, which need the header and the count. */
export function appsOf({ state, behind }: PageRequest): PageRequest {
  return {
    url: `${String(state.path)}/members/microsoft.graph.servicePrincipal?$count=true&$top=${pageSize}`,
    shape: 'apps' satisfies Shape,
    headers: advanced,
    state: { ...state, wasCast: true, isFirst: true },
    ...(behind && { behind }),
  };
}

const advanced = { ConsistencyLevel: 'eventual' };

/** Where one way to the service principals is not open, the other is tried. */
function afterError(request: PageRequest, { status }: { readonly status: number | undefined }): AfterError | undefined {
  if (status !== 400 && status !== 404) return undefined;
  const { wasExpanded, wasCast, isFirst } = request.state;
  if (request.shape === 'apps' && isFirst === true && wasExpanded !== true) return { next: expandedOf(request) };
  return request.shape === 'expanded' && wasCast !== true ? { next: appsOf(request) } : undefined;
}

export function route(connection: StoredConnection, ...segments: readonly string[]): string {
  return joinUrl(serviceRoot(connection, endpoints), 'v1.0', ...segments);
}
