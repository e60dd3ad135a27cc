import type { StoredConnection } from '../../core/model.ts';
import type { PageRequest, ProviderRequests } from '../../core/provider/provider.ts';
import { joinUrl, serviceRoot } from '../../core/tenants/endpoint.ts';
import { positionState } from '../position.ts';
import { serviceIdOf } from '../serviceId.ts';
import { budget } from './budgets.ts';
import { endpoints } from './clouds.ts';
import { hasMember, workspaceFilter } from './workspaceFilter.ts';

/** The most that `admin/groups` takes, and what Microsoft's own PowerShell module asks of both routes. */
export const pageSize = 5000;

/** `members` is paged, `allMembers` comes in one reply; of `memberOf`, groups with one member each. */
export type Shape = 'groups' | 'members' | 'allMembers' | 'memberOf' | 'itemsOf';

export const requests: ProviderRequests = {
  groups: (connection) =>
    isAdmin(connection)
      ? {
          ...pageOf(route(connection, 'admin', 'groups'), 'groups', `&$expand=users${filterOf(connection)}`, 0),
          isAdmin: true,
        }
      : pageOf(route(connection, 'groups'), 'groups', '', 0),
  members: (connection, group) =>
    isAdmin(connection)
      ? {
          url: route(connection, 'admin', 'groups', serviceIdOf(group), 'users'),
          shape: 'allMembers' satisfies Shape,
          isAdmin: true,
          state: {},
        }
      : pageOf(route(connection, 'groups', serviceIdOf(group), 'users'), 'members', '', 0),
  memberOf: (connection, email) => {
    if (!isAdmin(connection)) return undefined;
    const options = `&$expand=users${filterOf(connection, hasMember(email))}`;
    const { state, ...page } = pageOf(route(connection, 'admin', 'groups'), 'memberOf', options, 0);
    return { ...page, isAdmin: true, state: { ...state, email } };
  },
  itemsOf: (connection, user) =>
    isAdmin(connection)
      ? {
          url: route(connection, 'admin', 'users', user, 'artifactAccess'),
          shape: 'itemsOf' satisfies Shape,
          isAdmin: true,
          state: {},
        }
      : undefined,
  probe: (connection) => {
    const path = isAdmin(connection) ? route(connection, 'admin', 'groups') : route(connection, 'groups');
    const request = {
      url: `${path}?$top=1${filterOf(connection)}`,
      shape: 'groups' satisfies Shape,
      state: { path, options: '', ...positionState(0, undefined) },
    };
    return isAdmin(connection) ? { ...request, isAdmin: true } : request;
  },
  budget,
};

/** A page of a listing. Its state is what the next page is made of. */
function pageOf(path: string, shape: Shape, options: string, skip: number, announced?: number): PageRequest {
  return {
    url: `${path}?$top=${pageSize}&$skip=${skip}${options}`,
    shape,
    state: { path, options, ...positionState(skip, announced) },
  };
}

/** The request for the page that begins at row `skip` of the same listing. */
export function pageAt(request: PageRequest, skip: number, announced: number | undefined): PageRequest {
  const { path, options } = request.state;
  const page = pageOf(String(path), request.shape as Shape, String(options), skip, announced);
  const { email } = request.state;
  const of = email === undefined ? page : { ...page, state: { ...page.state, email } };
  return request.isAdmin ? { ...of, isAdmin: true } : of;
}

export function route(connection: StoredConnection, ...segments: readonly string[]): string {
  return joinUrl(serviceRoot(connection, endpoints), 'v1.0', 'myorg', ...segments);
}

function filterOf(connection: StoredConnection, ...conditions: readonly string[]): string {
  const chosen = isAdmin(connection) ? workspaceFilter(connection.workspaces) : undefined;
  const all = chosen === undefined ? conditions : [chosen, ...conditions];
  return all.length === 0 ? '' : `&$filter=${encodeURIComponent(all.join(' and '))}`;
}

export function isAdmin(connection: StoredConnection): boolean {
  return connection.scope === 'admin';
}
