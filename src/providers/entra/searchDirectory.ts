import type { ChangePrincipal } from '../../core/changes/changes.ts';
import { isRecord } from '../../core/isRecord.ts';
import type { WriteContext } from '../../core/provider/writes.ts';
import { textOf } from '../text.ts';
import { route } from './requests.ts';

/** Of each kind of object. */
const most = 15;

/** What is searched: names that any text can begin; users by their addresses, too. */
const kinds = [
  { path: 'users', type: 'user', fields: ['displayName', 'mail', 'userPrincipalName'] },
  { path: 'groups', type: 'group', fields: ['displayName', 'mail'] },
  { path: 'servicePrincipals', type: 'app', fields: ['displayName'] },
] as const;

/** Users, groups and apps whose name or address begins so. A kind that may not be read is left out, unless nothing is found. */
export async function search(context: WriteContext, text: string): Promise<readonly ChangePrincipal[]> {
  const found = await Promise.allSettled(kinds.map((kind) => searchKind(context, kind, text)));
  const all = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const failed = found.find((one) => one.status === 'rejected');
  // A failure is never an empty list.
  if (failed && all.length === 0) throw failed.reason;
  return all;
}

async function searchKind(
  { connection, send }: WriteContext,
  { path, type, fields }: (typeof kinds)[number],
  text: string,
): Promise<readonly ChangePrincipal[]> {
  const wanted = text.replaceAll("'", "''");
  const filter = fields.map((field) => `startswith(${field},'${wanted}')`).join(' or ');
  const select = ['id', ...fields].join(',');
  const query = `$top=${most}&$select=${select}&$filter=${encodeURIComponent(filter)}`;
  const { body } = await send({ method: 'GET', url: `${route(connection, path)}?${query}` });
  const rows = isRecord(body) && Array.isArray(body.value) ? body.value : [];
  return rows.flatMap((row: unknown) => principalOf(row, type));
}

/** Users are named by their user principal name, all others by object id. */
function principalOf(row: unknown, principalType: string): readonly ChangePrincipal[] {
  if (!isRecord(row)) return [];
  const userName = textOf(row.userPrincipalName);
  const identifier = principalType === 'user' ? userName : textOf(row.id);
  const email = textOf(row.mail) ?? userName;
  if (identifier === undefined) return [];
  const name = textOf(row.displayName) ?? email ?? identifier;
  return [{ identifier, principalType, name, ...(email === undefined ? {} : { email }) }];
}
