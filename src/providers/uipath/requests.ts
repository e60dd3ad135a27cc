import { AppError } from '../../core/errors.ts';
import type { StoredConnection } from '../../core/model.ts';
import type { AfterError, PageRequest, ProviderRequests } from '../../core/provider/provider.ts';
import { joinUrl, serviceRoot } from '../../core/tenants/endpoint.ts';
import { positionState } from '../position.ts';
import { serviceIdOf } from '../serviceId.ts';
import { budget } from './budgets.ts';
import { endpoints } from './hosts.ts';
import { identityApi } from './identityApi.ts';

/** The most that the paged routes give at once (`User_GetUsers` of the Identity API's definition). */
export const pageSize = 1000;

/**
 * `group` is a group with its members, `references` are members by id, `everyone` is a group that has all of them.
 * `ungroupedUsers` and, behind them, `ungroupedRobots` are who is in no group, out of the lists of all.
 */
export type Shape = 'groups' | 'group' | 'references' | 'directory' | 'everyone' | 'ungroupedUsers' | 'ungroupedRobots';

/**
 * What a group's `members` was when it was last seen without any. `[]` stands as complete where the routes for members
 * do not exist; null or missing says nothing.
 */
export type LastMembers = 'empty' | 'absent';

/** Key in a group's details: its `members` in the listing of groups was `[]`. */
export const emptyInList = 'hasEmptyMembersInList';

export const requests: ProviderRequests = {
  groups: (connection) => ({
    url: route(connection, 'Group', partitionOf(connection)),
    shape: 'groups' satisfies Shape,
    state: {},
  }),
  members: (connection, group) => {
    const id = serviceIdOf(group);
    // Only the listing of groups surely knows this group: its members are implied, and no route names them.
    if (isEveryone(group.kind, group.name)) {
      return {
        url: route(connection, 'Group', partitionOf(connection)),
        shape: 'everyone' satisfies Shape,
        state: { id },
      };
    }
    const url = route(connection, 'Group', partitionOf(connection), id);
    const lastMembers: LastMembers = group.details[emptyInList] === true ? 'empty' : 'absent';
    return { url, shape: 'group' satisfies Shape, state: { membersPath: joinUrl(url, 'Members'), lastMembers } };
  },
  ungrouped: (connection) => {
    const robotsPath = route(connection, 'RobotAccount', partitionOf(connection));
    return pageOf(route(connection, 'User', 'users', partitionOf(connection)), 'ungroupedUsers', { robotsPath }, 0);
  },
  directory: (connection) => pageOf(route(connection, 'User', 'users', partitionOf(connection)), 'directory', {}, 0),
  afterError,
  budget,
};

/** The built-in group that everyone is in; the service lists no members for it. */
export function isEveryone(kind: string, name: string): boolean {
  return kind === 'builtIn' && name.trim().toLowerCase() === 'everyone';
}

/** The members of a group by id, after the group itself brought none. */
export function referencesOf(request: PageRequest, lastMembers: LastMembers): PageRequest {
  return pageOf(String(request.state.membersPath), 'references', { lastMembers }, 0);
}

/** The robots who are in no group, after the users. */
export function ungroupedRobotsOf(request: PageRequest): PageRequest {
  return pageOf(String(request.state.robotsPath), 'ungroupedRobots', {}, 0);
}

/** The request for the page that begins at row `skip` of the same listing. */
export function pageAt({ shape, state }: PageRequest, skip: number, announced: number | undefined): PageRequest {
  const { path, skip: _, announced: __, ...listing } = state;
  return pageOf(String(path), shape as Shape, listing, skip, announced);
}

/** Older installations lack the routes for members. */
function afterError(request: PageRequest, { status }: AppError): AfterError | undefined {
  if (status !== 404 && status !== 405) return undefined;
  const { lastMembers, skip } = request.state;
  if (request.shape === 'group') return { next: referencesOf(request, lastMembers === 'empty' ? 'empty' : 'absent') };
  const isUnknownRoute = request.shape === 'references' && skip === 0;
  return isUnknownRoute && lastMembers === 'empty' ? { end: 'complete' } : undefined;
}

function pageOf(
  path: string,
  shape: Shape,
  state: PageRequest['state'],
  skip: number,
  announced?: number,
): PageRequest {
  return {
    url: `${path}?top=${pageSize}&skip=${skip}`,
    shape,
    state: { ...state, path, ...positionState(skip, announced) },
  };
}

export function route(connection: StoredConnection, ...segments: readonly string[]): string {
  return joinUrl(identityApi(serviceRoot(connection, endpoints), connection.organization), ...segments);
}

export function partitionOf({ partitionGlobalId }: StoredConnection): string {
  if (!partitionGlobalId)
    throw new AppError('invalid', 'The connection lacks the organization id (partitionGlobalId).');
  return partitionGlobalId;
}
