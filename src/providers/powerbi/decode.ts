import * as z from 'zod/mini';
import { isRecord } from '../../core/isRecord.ts';
import { nextODataPage, onlyPage } from '../../core/provider/paging.ts';
import type { Decode, DecodedPage, PageRequest } from '../../core/provider/provider.ts';
import type { GroupRow, MemberRow } from '../../core/provider/rows.ts';
import { readJson, wrongShape } from '../json.ts';
import { mapRows } from '../mapRows.ts';
import { positionOf } from '../position.ts';
import { textOf } from '../text.ts';
import { itemsPage } from './decodeItems.ts';
import { decodeMember } from './decodeMember.ts';
import { wordsOf } from './errors.ts';
import { pageAt, pageSize, type Shape } from './requests.ts';

const anything = z.optional(z.unknown());

const envelope = z.object({ value: z.array(z.unknown()), '@odata.count': anything, '@odata.nextLink': anything });

/** Only what identifies a group must be right; all else is kept in its details as it came. */
const group = z.object({ id: z.string().check(z.regex(/\S/)), name: anything, type: anything });

/** Types of a workspace: Get Groups As Admin. Get Groups documents none and sends `Workspace`. */
const kinds: ReadonlyMap<unknown, string> = new Map([
  [undefined, 'workspace'],
  [null, 'workspace'],
  ['Workspace', 'workspace'],
  ['Group', 'workspace'],
  ['PersonalGroup', 'personalWorkspace'],
  ['Personal', 'personalWorkspace'],
]);

export const decode: Decode = (bytes, request) => {
  const shape = request.shape as Shape;
  const body = readJson(bytes);
  if (shape === 'itemsOf') return itemsPage(body, request);
  const parsed = envelope.safeParse(body);
  if (!parsed.success)
    throw wrongShape(isOfGroups(shape) ? 'a list of groups' : 'a list of users', listIn(body), wordsOf(body));
  const { value } = parsed.data;
  const { email } = request.state;
  const page = isOfGroups(shape) ? groupsOf(value) : membersOf(value);
  const told = typeof email === 'string' ? onlyOf(page, email) : page;
  return { ...told, ...ending(parsed.data, request) };
};

function isOfGroups(shape: Shape): boolean {
  return shape === 'groups' || shape === 'memberOf';
}

/** Groups with the one member that was asked for. The service chose the groups; one that shows others only stays out. */
function onlyOf({ groups = [], malformed }: DecodedPage, email: string): DecodedPage {
  const wanted = email.toLowerCase();
  const isWanted = (member: MemberRow) => [member.email, member.identifier].some((id) => id?.toLowerCase() === wanted);
  const found = groups.flatMap(({ members, ...group }) => {
    if (members === undefined) return [{ ...group, details: {} }];
    const meant = members.filter(isWanted);
    const isThere = meant.length > 0 || (group.malformedMembers ?? 0) > 0;
    return isThere ? [{ ...group, details: {}, members: meant }] : [];
  });
  return { groups: found, malformed };
}

function groupsOf(value: readonly unknown[]): DecodedPage {
  const { rows, malformed } = mapRows(value, groupRow);
  return { groups: rows, malformed };
}

function membersOf(value: readonly unknown[]): DecodedPage {
  const { rows, malformed } = mapRows(value, decodeMember);
  return { members: rows, malformed };
}

function groupRow(row: unknown): GroupRow | undefined {
  const parsed = group.safeParse(row);
  if (!parsed.success) return undefined;
  const { id, name, type } = parsed.data;
  const { users, ...details } = row as Readonly<Record<string, unknown>>;
  return { id, name: textOf(name) ?? id, kind: kinds.get(type) ?? 'unknown', details, ...embedded(users) };
}

/** Members that came along (`$expand=users`): null and absent mean not known, an empty list means none. */
function embedded(users: unknown): { members?: readonly MemberRow[]; malformedMembers?: number } {
  if (!Array.isArray(users)) return {};
  const { rows, malformed } = mapRows(users, decodeMember);
  return malformed > 0 ? { members: rows, malformedMembers: malformed } : { members: rows };
}

function ending(reply: z.infer<typeof envelope>, request: PageRequest): Pick<DecodedPage, 'next' | 'problem'> {
  const rows = reply.value.length;
  const count = reply['@odata.count'];
  const isWhole = request.shape === ('allMembers' satisfies Shape);
  const step = isWhole
    ? onlyPage(rows, count)
    : nextODataPage({ asked: pageSize, ...positionOf(request), rows, count });
  if (!step.isLast) return { next: pageAt(request, step.skip, step.announced) };
  if (step.problem) return { problem: step.problem };
  // Not documented for these routes; where it comes, there is more than `$skip` brings.
  if (textOf(reply['@odata.nextLink']) === undefined) return {};
  return { problem: { kind: 'badResponse', reason: 'The service names a further page that it did not send.' } };
}

/** What stands where the list should. */
function listIn(body: unknown): unknown {
  return isRecord(body) ? body.value : body;
}
