import { type Context, Hono } from 'hono';
import { challengeHeader } from '../challenge.ts';
import { bearerToken } from '../parameters.ts';
import type { Rows } from '../tenantIdentity.ts';
import { batchReply } from './batch.ts';
import { listReply, selected } from './list.ts';
import { errorReply, jsonReply } from './replies.ts';
import type { DirectoryGroup, DirectoryObject, EntraTenant } from './tenant.ts';

/** So many of a relation's objects come by `$expand`, and nothing says that there are more. */
const EXPANDED_AT_MOST = 20;

const CASTS = ['user', 'group', 'servicePrincipal', 'device', 'orgContact'];

/** The read routes of Microsoft Graph that concern groups, for one directory: one by one, and several in one. */
export function entraRoutes(tenant: EntraTenant): Hono {
  const app = singleRoutes(tenant);
  const singles = new Hono().route(`/${tenant.path}`, singleRoutes(tenant));
  singles.notFound(() => errorReply(400, 'BadRequest', 'Resource not found for the segment.'));
  app.post('/v1.0/$batch', (c) => batchReply(c, async (request) => singles.fetch(request)));
  return app;
}

function singleRoutes(tenant: EntraTenant): Hono {
  const app = new Hono();
  app.use(async (c, next) => tokenProblem(c, tenant) ?? (await next()));
  app.get('/v1.0/groups', (c) => {
    const rows = startingSo(c, tenant.groups);
    return listReply(c, { context: 'groups', rows, row: (group) => selected(c, { ...group }) });
  });
  for (const [path, type] of [
    ['users', '#microsoft.graph.user'],
    ['servicePrincipals', '#microsoft.graph.servicePrincipal'],
  ] as const) {
    app.get(`/v1.0/${path}`, (c) => {
      const rows = startingSo(c, objectsOf(tenant, type));
      return listReply(c, { context: path, rows, row: ({ '@odata.type': _, ...object }) => selected(c, object) });
    });
  }
  app.get('/v1.0/groups/:id', (c) => withGroup(c, tenant, (group) => groupReply(c, tenant, group)));
  app.get('/v1.0/groups/:id/members', (c) =>
    withGroup(c, tenant, (group) => membersReply(c, listedMembers(tenant, group))),
  );
  app.get('/v1.0/groups/:id/members/:cast', (c) => withGroup(c, tenant, (group) => castReply(c, tenant, group)));
  app.get('/v1.0/groups/:id/transitiveMembers', (c) =>
    withGroup(c, tenant, (group) => membersReply(c, transitiveMembers(tenant, group))),
  );
  app.get('/v1.0/users/:id', (c) => userReply(c, tenant));
  app.get('/v1.0/organization', () => jsonReply({ value: [organization(tenant)] }));
  return app;
}

/** The rows that a filter `startswith(field,'text') or …` keeps. */
function startingSo<T extends object>(c: Context, rows: Rows<T>): Rows<T> {
  const filter = c.req.query('$filter');
  if (filter === undefined) return rows;
  const parts = [...filter.matchAll(/startswith\((\w+),'((?:[^']|'')*)'\)/g)];
  const isSo = (row: Readonly<Record<string, unknown>>) =>
    parts.some(([, field = '', text = '']) =>
      String(row[field] ?? '')
        .toLowerCase()
        .startsWith(text.replaceAll("''", "'").toLowerCase()),
    );
  return rows.slice(0, rows.length).filter((row) => isSo(Object.fromEntries(Object.entries(row))));
}

/** All that are in any of the groups. */
function objectsOf(tenant: EntraTenant, type: DirectoryObject['@odata.type']): readonly DirectoryObject[] {
  const all = tenant.groups.slice(0, tenant.groups.length).flatMap((group) => tenant.members(group));
  return [...new Map(all.filter((one) => one['@odata.type'] === type).map((one) => [one.id, one])).values()];
}

function tokenProblem(c: Context, tenant: EntraTenant): Response | undefined {
  const token = bearerToken(c.req.header('authorization'));
  if (token === tenant.accessToken) return undefined;
  const verdict = tenant.checkToken?.(token ?? '') ?? 'invalid';
  if (verdict === 'accepted') return undefined;
  if (typeof verdict === 'object') {
    const words = 'Continuous access evaluation resulted in challenge.';
    return errorReply(401, 'InvalidAuthenticationToken', words, challengeHeader(verdict.claims));
  }
  if (verdict === 'expired') {
    return errorReply(401, 'InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.');
  }
  const message = token === undefined ? 'Access token is empty.' : 'IDX14100: JWT is not well formed.';
  return errorReply(401, 'InvalidAuthenticationToken', message);
}

function withGroup(c: Context, tenant: EntraTenant, reply: (group: DirectoryGroup) => Response): Response {
  const id = c.req.param('id') ?? '';
  const group = tenant.group(id);
  return group ? reply(group) : notFound(id);
}

function notFound(id: string): Response {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return errorReply(404, 'Request_ResourceNotFound', message);
}

/** A group that hides its members shows nobody to an account without the right to read hidden ones. */
function shownMembers(tenant: EntraTenant, group: DirectoryGroup): readonly DirectoryObject[] {
  return group.visibility === 'HiddenMembership' ? [] : tenant.members(group);
}

/** v1.0 leaves service principals out. */
function listedMembers(tenant: EntraTenant, group: DirectoryGroup): readonly DirectoryObject[] {
  return shownMembers(tenant, group).filter((member) => member['@odata.type'] !== '#microsoft.graph.servicePrincipal');
}

function transitiveMembers(tenant: EntraTenant, start: DirectoryGroup): readonly DirectoryObject[] {
  const found = new Map<string, DirectoryObject>();
  const visit = (group: DirectoryGroup): void => {
    for (const member of listedMembers(tenant, group)) {
      if (found.has(member.id)) continue;
      found.set(member.id, member);
      const inner = member['@odata.type'] === '#microsoft.graph.group' ? tenant.group(member.id) : undefined;
      if (inner) visit(inner);
    }
  };
  visit(start);
  return [...found.values()];
}

function membersReply(c: Context, rows: readonly DirectoryObject[]): Response {
  return listReply(c, { context: 'directoryObjects', rows, row: (member) => selected(c, member) });
}

function groupReply(c: Context, tenant: EntraTenant, group: DirectoryGroup): Response {
  const expand = c.req.query('$expand');
  if (expand !== undefined && !/^members(\(.*\))?$/.test(expand)) {
    return errorReply(400, 'BadRequest', `Parsing OData Select and Expand failed: '${expand}'.`);
  }
  const members = expand === undefined ? {} : { members: shownMembers(tenant, group).slice(0, EXPANDED_AT_MOST) };
  return jsonReply({ ...selected(c, { ...group }), ...members });
}

/** Casts are advanced queries: without their header and `$count` they are refused. */
function castReply(c: Context, tenant: EntraTenant, group: DirectoryGroup): Response {
  const type = /^microsoft\.graph\.(\w+)$/.exec(c.req.param('cast') ?? '')?.[1] ?? '';
  const isAdvanced = c.req.header('consistencylevel') === 'eventual' && c.req.query('$count') === 'true';
  if (!CASTS.includes(type) || !isAdvanced) {
    const message = 'The specified query is not supported: a cast needs $count=true and ConsistencyLevel: eventual.';
    return errorReply(400, 'Request_UnsupportedQuery', message);
  }
  const rows = shownMembers(tenant, group).filter((member) => member['@odata.type'] === `#microsoft.graph.${type}`);
  return listReply(c, {
    context: `${type}s`,
    rows,
    row: ({ '@odata.type': _, ...member }) => selected(c, member),
  });
}

function userReply(c: Context, tenant: EntraTenant): Response {
  const id = (c.req.param('id') ?? '').toLowerCase();
  const isMeant = (object: DirectoryObject) =>
    object['@odata.type'] === '#microsoft.graph.user' &&
    (object.id.toLowerCase() === id || String(object.userPrincipalName).toLowerCase() === id);
  for (const group of tenant.groups.slice(0, tenant.groups.length)) {
    const user = tenant.members(group).find(isMeant);
    if (user) return jsonReply(selected(c, user));
  }
  return notFound(id);
}

function organization({ directoryId, name, path }: EntraTenant): Record<string, unknown> {
  const domain = `${path.replace(/\W/g, '')}.onmicrosoft.com`;
  return { id: directoryId, displayName: name, verifiedDomains: [{ name: domain, isDefault: true, isInitial: true }] };
}
