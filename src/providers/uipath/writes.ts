import { randomUUID } from 'node:crypto';
import type { ChangePrincipal } from '../../core/changes/changes.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import { isRecord } from '../../core/isRecord.ts';
import { isGuid } from '../../core/objectId.ts';
import type { Json } from '../../core/provider/provider.ts';
import type { ServiceWrites, Write, WriteCall, WriteContext, WriteReply } from '../../core/provider/writes.ts';
import { textOf } from '../text.ts';
import { groupIdOf, principalOf } from '../writeSubjects.ts';
import { readBudget } from './budgets.ts';
import { wordsOf } from './errors.ts';
import { partitionOf, route } from './requests.ts';
import { search } from './searchDirectory.ts';
import { writeBudget } from './writeBudgets.ts';
import { rules } from './writeRules.ts';

/** Group_UpdateGroup with somebody to add, whom the directory is asked for first: only it knows the id to be added. */
const addMember: Write = async (context, change) => {
  const resolved = await resolve(context, principalOf(change));
  await update(context, { directoryUserIDsToAdd: [resolved.identifier] });
  return { principal: resolved };
};

const removeMember: Write = async (context, change) => {
  await update(context, { directoryUserIDsToRemove: [principalOf(change).identifier] });
  return undefined;
};

/** Group_CreateGroup: the group's id is the client's to choose. */
const createGroup: Write = async (context, { after }) => {
  const groupId = randomUUID();
  const { connection } = context;
  context.expect?.(groupId);
  const body = { partitionGlobalId: partitionOf(connection), id: groupId, name: after?.name ?? '' };
  const reply = await send(context, { method: 'POST', url: route(connection, 'Group'), body });
  return { groupId: (isRecord(reply.body) ? textOf(reply.body.id) : undefined) ?? groupId };
};

/** Group_Delete. */
const deleteGroup: Write = async (context) => {
  const { connection } = context;
  await send(context, {
    method: 'DELETE',
    url: route(connection, 'Group', partitionOf(connection), groupIdOf(context)),
  });
  return undefined;
};

const renameGroup: Write = async (context, { after }) => {
  await update(context, {}, after?.name);
  return undefined;
};

export const writes: ServiceWrites = {
  rules,
  writes: { addMember, removeMember, createGroup, deleteGroup, renameGroup },
  search,
  // What is refused comes with status 200 and `succeeded: false`.
  refusal: (body) => {
    if (!isRecord(body) || body.succeeded !== false) return undefined;
    const words = wordsOf(body);
    return words === undefined ? 'The service refused it and does not say why.' : `The service refused it: ${words}`;
  },
  scopes: () => ['PM.Group', 'PM.Group.Write'],
};

/** Group_UpdateGroup wants the name with each change, whatever is changed. */
async function update(context: WriteContext, change: { readonly [key: string]: Json }, name?: string): Promise<void> {
  const { connection } = context;
  const body = {
    partitionGlobalId: partitionOf(connection),
    name: name ?? (await nameNow(context)),
    directoryUserIDsToAdd: [],
    directoryUserIDsToRemove: [],
    ...change,
  };
  await send(context, { method: 'PUT', url: route(connection, 'Group', groupIdOf(context)), body });
}

/** What the group is called at this moment: with the name that is held it would be renamed back, had somebody renamed it. */
async function nameNow(context: WriteContext): Promise<string> {
  const { connection, group } = context;
  const held = group?.name ?? '';
  try {
    const url = route(connection, 'Group', partitionOf(connection), groupIdOf(context));
    const { body } = await send(context, { method: 'GET', url });
    return (isRecord(body) ? textOf(body.name) : undefined) ?? held;
  } catch (error) {
    // Older installations lack this route.
    if (isAppError(error) && (error.status === 404 || error.status === 405)) return held;
    throw error;
  }
}

async function send(context: WriteContext, call: WriteCall): Promise<WriteReply> {
  const { connection } = context;
  const budget = call.method === 'GET' ? readBudget(connection) : writeBudget(call.method, connection);
  return context.send(budget ? { ...call, budget } : call);
}

/**
 * Directory_BulkResolveByName; robot accounts are not resolved by it, and are known by their ids already. An id that was
 * given as such is told as it is: it names nobody else.
 */
async function resolve(context: WriteContext, principal: ChangePrincipal): Promise<ChangePrincipal> {
  const { identifier, principalType, email, name, source } = principal;
  const isIdOnly = isGuid(identifier) && name === identifier;
  if (principalType === 'robot' || isIdOnly || (source === 'local' && isGuid(identifier))) return principal;
  const wanted = principalType === 'user' ? (email ?? (isGuid(identifier) ? name : identifier)) : name;
  const entityType = principalType === 'app' ? 'application' : principalType;
  const { connection } = context;
  const url = route(connection, 'Directory', 'BulkResolveByName', partitionOf(connection));
  const body = { entityNames: [wanted], entityType };
  const reply = await send(context, { method: 'POST', url, body, isLookup: true });
  const found = isRecord(reply.body) ? Object.values(reply.body).find(isRecord) : undefined;
  const id = found && textOf(found.identifier);
  if (!found || id === undefined)
    throw new AppError('notFound', `The directory of the organization knows nobody as “${wanted}”.`, { status: 404 });
  if (!wanted.includes('@') && directoryId(id) !== directoryId(identifier))
    await checkOnlyOne(context, wanted, principal);
  const mail = textOf(found.email) ?? email;
  const from = textOf(found.source) ?? source;
  return {
    identifier: id,
    principalType,
    name: textOf(found.displayName) ?? name,
    ...(mail === undefined ? {} : { email: mail }),
    ...(from === undefined ? {} : { source: from }),
  };
}

/** An entry's id without the directory that it is from. */
function directoryId(id: string): string {
  return id.slice(id.lastIndexOf('|') + 1).toLowerCase();
}

/** Groups and apps may share a name: then it tells none of them. @throws AppError `invalid` */
async function checkOnlyOne(context: WriteContext, wanted: string, { principalType }: ChangePrincipal): Promise<void> {
  const same = (await search(context, wanted)).filter(
    (one) => one.principalType === principalType && one.name.toLowerCase() === wanted.toLowerCase(),
  );
  if (same.length < 2) return;
  throw new AppError('invalid', `The directory knows several as “${wanted}”, so it is not certain who would be added.`);
}
