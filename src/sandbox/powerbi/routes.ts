import { type Context, Hono } from 'hono';
import { bearerToken, wholeNumber } from '../parameters.ts';
import type { Rows } from '../tenantIdentity.ts';
import { artifactAccess } from './artifactAccess.ts';
import { editable } from './edits.ts';
import { type FilterNames, parseFilter } from './filter.ts';
import { MAX_PAGE, pageOf } from './page.ts';
import { challenge, emptyReply, errorReply, invalidRequest, jsonReply } from './replies.ts';
import { ADMIN_FILTERABLE, adminGroupRow, EXPANDABLE, envelope, FILTERABLE, groupRow, memberRow } from './rows.ts';
import type { PowerBITenant, Workspace } from './tenant.ts';
import { addWriteRoutes } from './writeRoutes.ts';

/** The routes of Power BI's REST API, for one tenant. What is changed by them lasts as long as the server. */
export function powerBIRoutes(first: PowerBITenant): Hono {
  const tenant = editable(first);
  const app = new Hono();
  app.use(async (c, next) => tokenProblem(c, tenant) ?? (await next()));
  app.get('/v1.0/myorg/groups', (c) =>
    listGroups(c, {
      workspaces: tenant.myWorkspaces,
      row: groupRow,
      filterable: FILTERABLE,
      filterRow: adminGroupRow,
      topLimits: { fallback: MAX_PAGE },
    }),
  );
  app.get('/v1.0/myorg/groups/:id', (c) => withWorkspace(c, tenant, (workspace) => jsonReply(groupRow(workspace))));
  app.get('/v1.0/myorg/groups/:id/users', (c) =>
    withMemberList(c, tenant, (workspace) => listMembers(c, tenant, workspace)),
  );

  app.use('/v1.0/myorg/admin/*', async (_, next) =>
    tenant.scope === 'admin' ? await next() : errorReply(401, 'PowerBINotAuthorizedException'),
  );
  app.get('/v1.0/myorg/admin/groups', (c) => {
    if (c.req.query('$top') === undefined) return invalidRequest('Parameter $top is missing or invalid');
    const { workspaces } = tenant;
    const listing = { workspaces, filterable: ADMIN_FILTERABLE, filterRow: filterRowOf(tenant) };
    const topLimits = { min: 1, max: MAX_PAGE };
    return withExpansion(c, tenant, (row) => listGroups(c, { ...listing, row, topLimits }));
  });
  app.get('/v1.0/myorg/admin/groups/:id', (c) =>
    withWorkspace(c, tenant, (workspace) => withExpansion(c, tenant, (row) => jsonReply(row(workspace)))),
  );
  app.get('/v1.0/myorg/admin/groups/:id/users', (c) =>
    withMemberList(c, tenant, (workspace) => jsonReply(envelope('users', tenant.members(workspace)))),
  );
  app.get('/v1.0/myorg/admin/users/:user/artifactAccess', (c) => artifactAccess(c, tenant));
  addWriteRoutes(app, tenant);
  return app;
}

type RowOf = (workspace: Workspace) => Record<string, unknown>;

function tokenProblem(c: Context, tenant: PowerBITenant): Response | undefined {
  const header = c.req.header('authorization');
  // Power BI answers a bad token with 403, and says why only where there was a token to look at.
  if (header === undefined) return emptyReply(403);
  const token = bearerToken(header);
  if (token === tenant.accessToken) return undefined;
  const verdict = tenant.checkToken?.(token ?? '') ?? 'invalid';
  if (verdict === 'accepted') return undefined;
  if (typeof verdict === 'string') return emptyReply(403, verdict === 'expired' ? 'TokenExpired' : 'InvalidToken');
  return challenge(verdict.claims);
}

function withWorkspace(c: Context, tenant: PowerBITenant, reply: (workspace: Workspace) => Response): Response {
  const workspace = tenant.workspace(c.req.param('id') ?? '');
  return workspace ? reply(workspace) : errorReply(404, 'PowerBIEntityNotFound');
}

function withMemberList(c: Context, tenant: PowerBITenant, reply: (workspace: Workspace) => Response): Response {
  return withWorkspace(c, tenant, (workspace) =>
    workspace.isMemberListDenied ? emptyReply(401, 'GroupNotAccessible') : reply(workspace),
  );
}

function withExpansion(c: Context, tenant: PowerBITenant, reply: (row: RowOf) => Response): Response {
  const wanted = (c.req.query('$expand') ?? '').split(',').map((name) => name.trim());
  const names = wanted.filter((name) => name !== '');
  if (!names.every((name) => EXPANDABLE.some((known) => known === name))) {
    return invalidRequest('Parameter $expand is missing or invalid');
  }
  return reply((workspace) => {
    const row = adminGroupRow(workspace);
    for (const name of names) if (name !== 'users') row[name] = [];
    // Members that may not be read are left out: an empty list would say that there are none.
    if (names.includes('users') && !workspace.isMemberListDenied) row.users = tenant.members(workspace);
    return row;
  });
}

/** With the users, whatever is expanded: a filter may ask for them. */
function filterRowOf(tenant: PowerBITenant): RowOf {
  return (workspace) => ({
    ...adminGroupRow(workspace),
    get users() {
      return tenant.members(workspace);
    },
  });
}

interface GroupListing {
  readonly workspaces: Rows<Workspace>;
  readonly row: RowOf;
  readonly filterable: FilterNames;
  readonly filterRow: RowOf;
  readonly topLimits: { readonly fallback?: number; readonly min?: number; readonly max?: number };
}

function listGroups(c: Context, { workspaces, row, filterable, filterRow, topLimits }: GroupListing): Response {
  const top = wholeNumber(c.req.query('$top'), { fallback: MAX_PAGE, ...topLimits });
  const skip = wholeNumber(c.req.query('$skip'), { fallback: 0 });
  if (top === undefined) return invalidRequest('Parameter $top is missing or invalid');
  if (skip === undefined) return invalidRequest('Parameter $skip is missing or invalid');
  const page = { skip, top: Math.min(top, MAX_PAGE) };
  const filter = c.req.query('$filter');
  if (filter === undefined) return jsonReply(envelope('groups', pageOf(workspaces, page).map(row)));
  try {
    const isWanted = parseFilter(filter, filterable);
    const found = pageOf(workspaces, page, (workspace) => isWanted(filterRow(workspace)));
    return jsonReply(envelope('groups', found.map(row)));
  } catch (error) {
    if (error instanceof SyntaxError) return invalidRequest(error.message);
    throw error;
  }
}

function listMembers(c: Context, tenant: PowerBITenant, workspace: Workspace): Response {
  const top = wholeNumber(c.req.query('$top'), { fallback: MAX_PAGE });
  const skip = wholeNumber(c.req.query('$skip'), { fallback: 0 });
  if (top === undefined || skip === undefined) return invalidRequest('Parameter $top or $skip is invalid');
  return jsonReply(
    envelope(
      'users',
      tenant
        .members(workspace)
        .slice(skip, skip + top)
        .map(memberRow),
    ),
  );
}
