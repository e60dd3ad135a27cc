import type { Context, Hono } from 'hono';
import { isGuid } from '../../core/objectId.ts';
import { bodyOf } from '../parameters.ts';
import type { EditableTenant } from './edits.ts';
import { emptyReply, errorReply, invalidRequest, jsonReply } from './replies.ts';
import { groupRow } from './rows.ts';
import type { AccessRight, Workspace, WorkspaceMember } from './tenant.ts';

const RIGHTS: readonly unknown[] = ['None', 'Viewer', 'Contributor', 'Member', 'Admin'] satisfies AccessRight[];
const TYPES: readonly unknown[] = ['User', 'Group', 'App'] satisfies WorkspaceMember['principalType'][];

const HOUR = 60 * 60 * 1000;

/** The routes of Power BI's REST API that change workspaces and who is in them. Behind the checks of the read routes. */
export function addWriteRoutes(app: Hono, tenant: EditableTenant): void {
  const groups = '/v1.0/myorg/groups';
  const admin = '/v1.0/myorg/admin/groups';
  app.post(groups, (c) => createGroup(c, tenant));
  app.delete(`${groups}/:id`, (c) =>
    withWorkspace(c, tenant, (workspace) => {
      tenant.replace({ ...workspace, state: 'Deleted' });
      return done();
    }),
  );
  for (const root of [groups, admin]) {
    app.patch(`${root}/:id`, (c) => withWorkspace(c, tenant, (workspace) => rename(c, tenant, workspace)));
    app.post(`${root}/:id/users`, (c) => withWorkspace(c, tenant, (workspace) => addUser(c, tenant, workspace)));
    app.delete(`${root}/:id/users/:user`, (c) =>
      withWorkspace(c, tenant, (workspace) => removeUser(c, tenant, workspace, root === admin)),
    );
  }
  app.put(`${groups}/:id/users`, (c) => withWorkspace(c, tenant, (workspace) => changeUser(c, tenant, workspace)));
  app.post(`${admin}/:id/restore`, (c) => restore(c, tenant));
  let refreshedAt = Number.NEGATIVE_INFINITY;
  app.post('/v1.0/myorg/RefreshUserPermissions', () => {
    const wait = Math.ceil((refreshedAt + HOUR - Date.now()) / 1000);
    if (wait > 0) return throttled(wait);
    refreshedAt = Date.now();
    return done();
  });
}

/** What these routes answer: success, and nothing to say. */
function done(): Response {
  return emptyReply(200);
}

function throttled(seconds: number): Response {
  const message = `You have exceeded the amount of requests allowed in the current time frame and further requests will fail. Retry in ${seconds} seconds.`;
  return jsonReply({ message }, 429, { 'retry-after': String(seconds) });
}

async function withWorkspace(
  c: Context,
  tenant: EditableTenant,
  reply: (workspace: Workspace) => Response | Promise<Response>,
): Promise<Response> {
  const workspace = tenant.workspace(c.req.param('id') ?? '');
  if (workspace?.state !== 'Active') return errorReply(404, 'PowerBIEntityNotFound');
  return workspace.isMemberListDenied ? emptyReply(401, 'GroupNotAccessible') : reply(workspace);
}

async function createGroup(c: Context, tenant: EditableTenant): Promise<Response> {
  const { name } = await bodyOf(c);
  if (typeof name !== 'string' || name.trim() === '') return invalidRequest('Parameter name is missing or invalid');
  if (tenant.isNameTaken(name)) return errorReply(409, 'PowerBIEntityAlreadyExists');
  const user = `you@${tenant.path}.example`;
  const creator = { identifier: user, emailAddress: user, displayName: 'You', principalType: 'User' } as const;
  return jsonReply(groupRow(tenant.add(name, [{ groupUserAccessRight: 'Admin', ...creator }])));
}

async function rename(c: Context, tenant: EditableTenant, workspace: Workspace): Promise<Response> {
  const { name } = await bodyOf(c);
  if (typeof name !== 'string' || name.trim() === '') return invalidRequest('Parameter name is missing or invalid');
  if (tenant.isNameTaken(name, workspace.id)) return errorReply(409, 'PowerBIEntityAlreadyExists');
  tenant.replace({ ...workspace, name });
  return done();
}

async function restore(c: Context, tenant: EditableTenant): Promise<Response> {
  const { name, emailAddress } = await bodyOf(c);
  const workspace = tenant.workspace(c.req.param('id') ?? '');
  if (!workspace) return errorReply(404, 'PowerBIEntityNotFound');
  if (typeof emailAddress !== 'string' || !emailAddress.includes('@'))
    return invalidRequest('Parameter emailAddress is missing or invalid');
  if (workspace.state !== 'Deleted') return invalidRequest('The workspace is not deleted');
  tenant.replace({ ...workspace, state: 'Active', ...(typeof name === 'string' ? { name } : {}) });
  const owner = {
    identifier: emailAddress,
    emailAddress,
    principalType: 'User',
    groupUserAccessRight: 'Admin',
  } as const;
  const others = tenant.members(workspace).filter((member) => !isCalled(member, emailAddress));
  tenant.setMembers(workspace, [...others, owner]);
  return done();
}

async function addUser(c: Context, tenant: EditableTenant, workspace: Workspace): Promise<Response> {
  const wanted = await userIn(c);
  if (wanted instanceof Response) return wanted;
  if (workspace.type.startsWith('Personal')) return errorReply(400, 'PersonalWorkspaceNotSupported');
  if (workspace.type === 'Group' && !['Admin', 'Member'].includes(wanted.groupUserAccessRight))
    return errorReply(400, 'UnsupportedAccessRightError');
  if (wanted.principalType === 'User' && !tenant.isKnownAddress(wanted.identifier))
    return errorReply(404, 'PowerBIEntityNotFound');
  const members = tenant.members(workspace);
  if (members.some((member) => isSame(member, wanted)))
    return errorReply(400, 'AddingAlreadyExistsGroupUserNotSupportedError');
  tenant.setMembers(workspace, [...members, wanted]);
  return done();
}

async function changeUser(c: Context, tenant: EditableTenant, workspace: Workspace): Promise<Response> {
  const wanted = await userIn(c);
  if (wanted instanceof Response) return wanted;
  const members = tenant.members(workspace);
  const { groupUserAccessRight } = wanted;
  if (!members.some((member) => isSame(member, wanted))) return errorReply(404, 'PowerBIEntityNotFound');
  const changed = members.map((member) => (isSame(member, wanted) ? { ...member, groupUserAccessRight } : member));
  tenant.setMembers(workspace, changed);
  return done();
}

function removeUser(c: Context, tenant: EditableTenant, workspace: Workspace, isAdmin: boolean): Response {
  const user = c.req.param('user') ?? '';
  const profileId = c.req.query('profileId');
  const members = tenant.members(workspace);
  const meant = members.find((member) => isCalled(member, user) && member.profile?.id === profileId);
  if (!meant) return errorReply(404, 'PowerBIEntityNotFound');
  if (isAdmin && meant.principalType === 'Group' && c.req.query('isGroup')?.toLowerCase() !== 'true')
    return invalidRequest('Parameter isGroup is missing or invalid');
  tenant.setMembers(
    workspace,
    members.filter((member) => member !== meant),
  );
  return done();
}

/** The `GroupUser` of a request. */
async function userIn(c: Context): Promise<WorkspaceMember | Response> {
  const { groupUserAccessRight, identifier, emailAddress, principalType = 'User', profile } = await bodyOf(c);
  const who = typeof identifier === 'string' ? identifier : emailAddress;
  const isMeant =
    typeof who === 'string' &&
    TYPES.includes(principalType) &&
    (principalType === 'User' ? who.includes('@') : isGuid(who));
  if (!isMeant) return invalidRequest('Parameter PrincipalType or Identifier is missing or invalid');
  if (!RIGHTS.includes(groupUserAccessRight) || groupUserAccessRight === 'None')
    return invalidRequest('Parameter groupUserAccessRight is missing or invalid');
  const profileId = (profile as { id?: unknown } | undefined)?.id;
  return {
    groupUserAccessRight: groupUserAccessRight as AccessRight,
    ...(principalType === 'User' ? { emailAddress: typeof emailAddress === 'string' ? emailAddress : who } : {}),
    displayName: who,
    identifier: who,
    principalType: principalType as WorkspaceMember['principalType'],
    ...(typeof profileId === 'string' ? { profile: { id: profileId } } : {}),
  };
}

function isSame(member: WorkspaceMember, { identifier, emailAddress, profile }: WorkspaceMember): boolean {
  if (member.profile?.id !== profile?.id) return false;
  return isCalled(member, identifier) || (emailAddress !== undefined && isCalled(member, emailAddress));
}

function isCalled({ identifier, emailAddress }: WorkspaceMember, name: string): boolean {
  return [identifier, emailAddress].some((one) => one?.toLowerCase() === name.toLowerCase());
}
