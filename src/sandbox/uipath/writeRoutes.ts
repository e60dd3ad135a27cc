import type { Context, Hono } from 'hono';
import { isGuid } from '../../core/objectId.ts';
import { bodyOf } from '../parameters.ts';
import type { EditableOrganization } from './edits.ts';
import { partitionProblem, withGroup } from './parameters.ts';
import { emptyReply, invalidValue, jsonReply } from './replies.ts';
import { groupRow } from './rows.ts';
import type { IdentityGroup, IdentityMember } from './tenant.ts';

/** The routes of UiPath's Identity API that change groups. */
export function addWriteRoutes(api: Hono, tenant: EditableOrganization): void {
  api.post('/Group', (c) => createGroup(c, tenant));
  api.put('/Group/:group', (c) => updateGroup(c, tenant));
  api.delete('/Group/:partition/:group', (c) => {
    const problem = partitionProblem(tenant, c.req.param('partition'));
    return problem ?? withGroup(tenant, c.req.param('group'), (group) => deleteGroup(tenant, group));
  });
}

/** What is refused comes with status 200. */
function refused(code: string, description: string): Response {
  return jsonReply({ succeeded: false, errors: [{ code, description }] });
}

async function createGroup(c: Context, tenant: EditableOrganization): Promise<Response> {
  const { partitionGlobalId, id, name, directoryUserMemberIDs } = await bodyOf(c);
  const problem = partitionProblem(tenant, partitionGlobalId);
  if (problem) return problem;
  if (typeof id !== 'string' || !isGuid(id)) return invalidValue('id', typeof id === 'string' ? id : undefined);
  if (typeof name !== 'string' || name.trim() === '') return invalidValue('name', '');
  if (tenant.group(id)) return refused('DuplicateId', 'A group with this id is there already.');
  if (isTaken(tenant, name)) return refused('DuplicateName', `A group with the name '${name}' is there already.`);
  const members = membersWith(tenant, directoryUserMemberIDs);
  if (members instanceof Response) return members;
  const now = new Date().toISOString();
  const group: IdentityGroup = { id, name, displayName: name, type: 1, creationTime: now, lastModificationTime: now };
  tenant.add(group, members);
  return jsonReply(groupRow(tenant, group), 201);
}

async function updateGroup(c: Context, tenant: EditableOrganization): Promise<Response> {
  const { partitionGlobalId, name, directoryUserIDsToAdd, directoryUserIDsToRemove } = await bodyOf(c);
  const problem = partitionProblem(tenant, partitionGlobalId);
  if (problem) return problem;
  return withGroup(tenant, c.req.param('group'), (group) => {
    if (typeof name !== 'string' || name.trim() === '') return invalidValue('name', '');
    const isRenamed = name !== group.name;
    if (isRenamed && group.type === 0) return refused('BuiltInGroup', 'A built-in group cannot be renamed.');
    if (isRenamed && isTaken(tenant, name)) return refused('DuplicateName', `The name '${name}' is taken.`);
    const added = membersWith(tenant, directoryUserIDsToAdd);
    if (added instanceof Response) return added;
    const gone = idsIn(directoryUserIDsToRemove);
    const kept = tenant.members(group).filter(({ identifier }) => !gone.includes(identifier.toLowerCase()));
    const others = added.filter((one) => !kept.some(({ identifier }) => identifier === one.identifier));
    if (added.length > 0 || gone.length > 0) tenant.setMembers(group, [...kept, ...others]);
    return jsonReply(groupRow(tenant, isRenamed ? tenant.rename(group, name) : group));
  });
}

function deleteGroup(tenant: EditableOrganization, group: IdentityGroup): Response {
  if (group.type === 0) return refused('BuiltInGroup', 'A built-in group cannot be deleted.');
  tenant.remove(group);
  return emptyReply(204);
}

/** Whom these ids stand for; a refusal where the directory does not know one, or where one cannot be a member. */
function membersWith(tenant: EditableOrganization, ids: unknown): readonly IdentityMember[] | Response {
  const found: IdentityMember[] = [];
  for (const id of idsIn(ids)) {
    const member = tenant.directory().get(id);
    if (!member) return refused('UnknownMember', `The directory does not know '${id}'.`);
    if (member.objectType === 'DirectoryGroup' && member.source === 'local')
      return refused('LocalGroup', 'A local group cannot be a member of a group.');
    found.push(member);
  }
  return found;
}

function idsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.flatMap((id) => (typeof id === 'string' ? [id.toLowerCase()] : [])) : [];
}

function isTaken(tenant: EditableOrganization, name: string): boolean {
  const wanted = name.toLowerCase();
  return tenant.groups.slice(0, tenant.groups.length).some((group) => group.name.toLowerCase() === wanted);
}
