import type { Change, ChangeKind } from '../../core/changes/changes.ts';
import { AppError, type ErrorKind, isAppError } from '../../core/errors.ts';
import { isRecord } from '../../core/isRecord.ts';
import type { StoredConnection } from '../../core/model.ts';
import type { Json } from '../../core/provider/provider.ts';
import type { ServiceWrites, Write, WriteCall, WriteContext } from '../../core/provider/writes.ts';
import { textOf } from '../text.ts';
import { groupIdOf, principalOf } from '../writeSubjects.ts';
import { codeOf } from './errors.ts';
import { isAdmin, route } from './requests.ts';
import { writeBudget } from './writeBudgets.ts';
import { principalTypeOf, rules } from './writeRules.ts';

/** Groups_AddGroupUser, Groups_AddUserAsAdmin. */
const addMember: Write = async (context, change) => {
  try {
    await send(context, { method: 'POST', url: usersOf(context), body: groupUser(change) }, 'POST users');
  } catch (error) {
    if (!isAppError(error) || !/^AddingAlreadyExistsGroupUser/i.test(codeOf(error.cause) ?? '')) throw error;
    throw new AppError('conflict', error.message, { cause: error, status: 400 });
  }
  return undefined;
};

const refusals: readonly ErrorKind[] = ['invalid', 'forbidden', 'conflict', 'notFound'];

/** Groups_UpdateGroupUser. The admin routes have none: the member is removed and added again. */
const changeAccessRight: Write = async (context, change) => {
  if (!isAdmin(context.connection)) {
    await send(context, { method: 'PUT', url: usersOf(context), body: groupUser(change) });
    return undefined;
  }
  await removeMember(context, change);
  const add = (state: Change['after']) =>
    send(
      context,
      { method: 'POST', url: usersOf(context), body: groupUser({ ...change, ...(state ? { after: state } : {}) }) },
      'POST users',
    );
  try {
    await add(change.after);
  } catch (error) {
    // Who is refused the new right must not be left without any. What the group shows then is looked at in any case.
    if (isAppError(error) && refusals.includes(error.kind)) await add(change.before).catch(() => undefined);
    throw error;
  }
  return undefined;
};

/** Groups_DeleteUserInGroup, Groups_DeleteUserAsAdmin. */
const removeMember: Write = async (context, change) => {
  const { identifier, email, principalType, profileId } = principalOf(change);
  const isOwn = !isAdmin(context.connection);
  // As administrator the user principal name; else the e-mail address.
  const user = isOwn && principalType === 'user' ? (email ?? identifier) : identifier;
  const query = [
    ...(profileId === undefined ? [] : [`profileId=${encodeURIComponent(profileId)}`]),
    ...(!isOwn && principalType === 'group' ? ['isGroup=true'] : []),
  ];
  const url = `${usersOf(context)}/${encodeURIComponent(user)}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  await send(context, { method: 'DELETE', url }, 'DELETE users');
  return undefined;
};

/** Groups_CreateGroup. */
const createGroup: Write = async (context, { after }) => {
  const url = `${route(context.connection, 'groups')}?workspaceV2=true`;
  const { body } = await context.send({ method: 'POST', url, body: { name: after?.name ?? '' } });
  const groupId = isRecord(body) ? textOf(body.id) : undefined;
  return groupId === undefined ? undefined : { groupId };
};

/** Groups_DeleteGroup: also where the scope is admin, for the admin routes have none. */
const deleteGroup: Write = async (context) => {
  await context.send({ method: 'DELETE', url: route(context.connection, 'groups', groupIdOf(context)) });
  return undefined;
};

/** Groups_UpdateGroup, Groups_UpdateGroupAsAdmin. */
const renameGroup: Write = async (context, { after }) => {
  await send(context, { method: 'PATCH', url: groupUrl(context), body: { name: after?.name ?? '' } }, 'PATCH group');
  return undefined;
};

/** Groups_RestoreDeletedGroupAsAdmin. */
const restoreGroup: Write = async (context, { after = {} }) => {
  const { owner = '', name } = after;
  const body = { emailAddress: owner, ...(name === undefined ? {} : { name }) };
  await send(context, { method: 'POST', url: `${groupUrl(context)}/restore`, body }, 'POST restore');
  return undefined;
};

/** Users_RefreshUserPermissions. */
const refreshUserPermissions: Write = async (context) => {
  await context.send({ method: 'POST', url: route(context.connection, 'RefreshUserPermissions') });
  return undefined;
};

export const writes: ServiceWrites = {
  rules,
  writes: {
    addMember,
    changeAccessRight,
    removeMember,
    createGroup,
    deleteGroup,
    renameGroup,
    restoreGroup,
    refreshUserPermissions,
  },
  scopes: scopesOf,
  pauses: { refreshUserPermissions: 60 * 60_000 },
};

function scopesOf(kind: ChangeKind, connection: StoredConnection): readonly string[] {
  if (kind === 'refreshUserPermissions') return ['Workspace.Read.All', 'Workspace.ReadWrite.All'];
  const isOfAdmin = isAdmin(connection) && kind !== 'createGroup' && kind !== 'deleteGroup';
  return [isOfAdmin ? 'Tenant.ReadWrite.All' : 'Workspace.ReadWrite.All'];
}

/** @param counted what an admin route counts it as */
async function send(context: WriteContext, call: WriteCall, counted?: string) {
  if (!isAdmin(context.connection)) return context.send(call);
  const budget = counted === undefined ? undefined : writeBudget(call, context.connection, context.tenantId, counted);
  return context.send({ ...call, isAdmin: true, ...(budget ? { budget } : {}) });
}

function groupUrl(context: WriteContext): string {
  const { connection } = context;
  const segments = ['groups', groupIdOf(context)];
  return isAdmin(connection) ? route(connection, 'admin', ...segments) : route(connection, ...segments);
}

function usersOf(context: WriteContext): string {
  return `${groupUrl(context)}/users`;
}

/** The definition `GroupUser`. */
function groupUser(change: Change): Json {
  const { identifier, email, principalType, profileId } = principalOf(change);
  const isUser = principalType === 'user';
  return {
    identifier,
    principalType: principalTypeOf(principalType),
    groupUserAccessRight: change.after?.accessRight ?? '',
    ...(isUser ? { emailAddress: email ?? identifier } : {}),
    ...(profileId === undefined ? {} : { profile: { id: profileId } }),
  };
}
