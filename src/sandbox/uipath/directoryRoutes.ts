import type { Context, Hono } from 'hono';
import { bodyOf } from '../parameters.ts';
import type { EditableOrganization } from './edits.ts';
import { partitionProblem } from './parameters.ts';
import { invalidValue, jsonReply } from './replies.ts';
import type { IdentityMember } from './tenant.ts';

const ENTITY_TYPES: Readonly<Record<string, IdentityMember['objectType']>> = {
  user: 'DirectoryUser',
  group: 'DirectoryGroup',
  application: 'DirectoryApplication',
};

/** What `sourceFilter` can ask for. */
const SOURCES: Readonly<Record<string, (member: IdentityMember) => boolean>> = {
  localUsers: ({ objectType, source }) => objectType === 'DirectoryUser' && source === 'local',
  directoryUsers: ({ objectType, source }) => objectType === 'DirectoryUser' && source !== 'local',
  localGroups: ({ objectType, source }) => objectType === 'DirectoryGroup' && source === 'local',
  directoryGroups: ({ objectType, source }) => objectType === 'DirectoryGroup' && source !== 'local',
  robotAccounts: ({ objectType }) => objectType === 'DirectoryRobotUser',
  applications: ({ objectType }) => objectType === 'DirectoryApplication',
};

/** The routes of the Identity API that look somebody up in the organization's directory. */
export function addDirectoryRoutes(api: Hono, tenant: EditableOrganization): void {
  api.get(
    '/Directory/Search/:partition',
    (c) => partitionProblem(tenant, c.req.param('partition')) ?? search(c, tenant),
  );
  api.post(
    '/Directory/BulkResolveByName/:partition',
    async (c) => partitionProblem(tenant, c.req.param('partition')) ?? (await resolve(c, tenant)),
  );
}

function search(c: Context, tenant: EditableOrganization): Response {
  const { startsWith, entityType } = c.req.query();
  if (!startsWith) return invalidValue('startsWith', startsWith);
  if (entityType !== undefined && !ENTITY_TYPES[entityType]) return invalidValue('entityType', entityType);
  const filters = c.req.queries('sourceFilter') ?? [];
  const wrong = filters.find((name) => !SOURCES[name]);
  if (wrong !== undefined) return invalidValue('sourceFilter', wrong);
  const wanted = startsWith.toLowerCase();
  const found = [...tenant.directory().values()].filter(
    (member) =>
      [member.name, member.displayName, member.email].some((name) => name?.toLowerCase().startsWith(wanted)) &&
      (entityType === undefined || member.objectType === ENTITY_TYPES[entityType]) &&
      (filters.length === 0 || filters.some((name) => SOURCES[name]?.(member))),
  );
  return jsonReply(found.map(entityInfo));
}

function entityInfo({ source, identifier, name, displayName, email, objectType }: IdentityMember) {
  const type = objectType === 'DirectoryGroup' ? 1 : objectType === 'DirectoryApplication' ? 2 : 0;
  // The directory's own ids are not those that a group takes.
  const id = source === 'aad' ? `aad|${identifier}` : identifier;
  return { source, identifier: id, identityName: name, displayName, email, domain: null, type, objectType };
}

async function resolve(c: Context, tenant: EditableOrganization): Promise<Response> {
  const { entityNames, entityType } = await bodyOf(c);
  const objectType = typeof entityType === 'string' ? ENTITY_TYPES[entityType] : undefined;
  if (!objectType) return invalidValue('entityType', typeof entityType === 'string' ? entityType : undefined);
  if (!Array.isArray(entityNames)) return invalidValue('entityNames', undefined);
  const all = [...tenant.directory().values()].filter((member) => member.objectType === objectType);
  const found = entityNames
    .filter((name) => typeof name === 'string')
    .map((name: string) => {
      const isMeant = ({ name: own, displayName, email }: IdentityMember) =>
        [own, displayName, email].some((one) => one?.toLowerCase() === name.toLowerCase());
      return [name, all.find(isMeant) ?? null];
    });
  return jsonReply(Object.fromEntries(found));
}
