import { type Context, Hono } from 'hono';
import { bearerToken } from '../parameters.ts';
import { addDirectoryRoutes } from './directoryRoutes.ts';
import { type EditableOrganization, editable } from './edits.ts';
import { type ListFields, pagedList } from './pagedList.ts';
import { partitionProblem, withGroup } from './parameters.ts';
import { emptyReply, jsonReply } from './replies.ts';
import { groupRow, memberReference } from './rows.ts';
import type { IdentityUser, RobotAccount, UiPathTenant } from './tenant.ts';
import { addWriteRoutes } from './writeRoutes.ts';

const USER_FIELDS: ListFields<IdentityUser> = {
  searchable: ['userName', 'email', 'name', 'surname', 'displayName'],
  sortable: [
    ...(['id', 'userName', 'email', 'emailConfirmed', 'name', 'surname', 'displayName', 'creationTime'] as const),
    ...(['lastModificationTime', 'lastLoginTime', 'isActive', 'type', 'category', 'invitationAccepted'] as const),
  ],
};
const ROBOT_FIELDS: ListFields<RobotAccount> = {
  searchable: ['name', 'displayName'],
  sortable: ['id', 'name', 'displayName', 'creationTime', 'lastLoginTime'],
};

/** The routes of UiPath's Identity API, for one organization. What is changed by them lasts as long as the server. */
export function uiPathRoutes(first: UiPathTenant): Hono {
  const tenant = editable(first);
  const app = new Hono();
  app.use(async (c, next) => {
    if (bearerToken(c.req.header('authorization')) === tenant.accessToken) return await next();
    return emptyReply(401, { 'www-authenticate': 'Bearer' });
  });
  const api = identityApi(tenant);
  // In the cloud the organization comes first; installations have no organization, the oldest not even the underscore.
  for (const base of [`/${tenant.organization}/identity_`, '/identity_', '/identity']) app.route(`${base}/api`, api);
  return app;
}

function identityApi(tenant: EditableOrganization): Hono {
  const api = new Hono();
  const get = (path: string, reply: (c: Context) => Response) =>
    api.get(path, (c) => partitionProblem(tenant, c.req.param('partition')) ?? reply(c));
  get('/Group/:partition', () =>
    jsonReply(tenant.groups.slice(0, tenant.groups.length).map((group) => groupRow(tenant, group))),
  );
  get('/Group/:partition/:group', (c) =>
    withGroup(tenant, c.req.param('group'), (group) => jsonReply(groupRow(tenant, group))),
  );
  get('/Group/:partition/:group/Members', (c) =>
    tenant.hasMembersRoute
      ? withGroup(tenant, c.req.param('group'), (group) => pagedList(c, tenant.members(group).map(memberReference)))
      : emptyReply(404),
  );
  get('/User/users/:partition', (c) => pagedList(c, tenant.users, USER_FIELDS));
  get('/RobotAccount/:partition', (c) => pagedList(c, tenant.robotAccounts, ROBOT_FIELDS));
  addWriteRoutes(api, tenant);
  addDirectoryRoutes(api, tenant);
  return api;
}
