import type { ChangePrincipal } from '../../core/changes/changes.ts';
import { isRecord } from '../../core/isRecord.ts';
import type { WriteContext } from '../../core/provider/writes.ts';
import { textOf } from '../text.ts';
import { readBudget } from './budgets.ts';
import { partitionOf, route } from './requests.ts';

/** All but groups of the organization itself, which are in no other. */
const sources = ['localUsers', 'directoryUsers', 'directoryGroups', 'robotAccounts', 'applications'];

/** `type` of an entry (`directory.constants.ts` of UiPath's TypeScript SDK). */
const types: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [0, 'user'],
  [1, 'group'],
  [2, 'app'],
]);

/** Directory_Search: who is called so at the beginning of name or e-mail address. */
export async function search(context: WriteContext, text: string): Promise<readonly ChangePrincipal[]> {
  const { connection } = context;
  const filters = sources.map((source) => `&sourceFilter=${source}`).join('');
  const path = route(connection, 'Directory', 'Search', partitionOf(connection));
  const budget = readBudget(connection);
  const { body } = await context.send({
    method: 'GET',
    url: `${path}?startsWith=${encodeURIComponent(text)}${filters}`,
    ...(budget ? { budget } : {}),
  });
  return Array.isArray(body) ? body.slice(0, 50).flatMap(principalOf) : [];
}

function principalOf(entry: unknown): readonly ChangePrincipal[] {
  if (!isRecord(entry)) return [];
  const identifier = textOf(entry.identifier);
  const identityName = textOf(entry.identityName);
  if (identifier === undefined) return [];
  const email = textOf(entry.email) ?? (identityName?.includes('@') ? identityName : undefined);
  const source = textOf(entry.source);
  const isRobot = entry.objectType === 'DirectoryRobotUser';
  return [
    {
      identifier,
      principalType: isRobot ? 'robot' : (types.get(entry.type) ?? 'user'),
      name: textOf(entry.displayName) ?? identityName ?? identifier,
      ...(email === undefined ? {} : { email }),
      ...(source === undefined ? {} : { source }),
    },
  ];
}
