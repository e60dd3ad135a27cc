import * as z from 'zod/mini';
import { isRecord } from '../../core/isRecord.ts';
import { nextPageOfTotal } from '../../core/provider/paging.ts';
import type { Decode, DecodedPage, PageRequest } from '../../core/provider/provider.ts';
import type { GroupRow, MemberRow } from '../../core/provider/rows.ts';
import { readJson, wrongShape } from '../json.ts';
import { mapRows } from '../mapRows.ts';
import { positionOf } from '../position.ts';
import { textOf } from '../text.ts';
import { decodeMember, everyone, personRow, referenceRow, robotRow } from './decodeMember.ts';
import { wordsOf } from './errors.ts';
import { emptyInList, isEveryone, pageAt, pageSize, referencesOf, type Shape, ungroupedRobotsOf } from './requests.ts';

const anything = z.optional(z.unknown());

/** Only what identifies a group must be right; all else is kept in its details as it came. */
const group = z.object({ id: z.string().check(z.regex(/\S/)), name: anything, displayName: anything, type: anything });

const page = z.object({ results: z.array(z.unknown()), totalCount: anything });

/** The API's definition has words, the service sends numbers. */
const kinds: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [0, 'builtIn'],
  ['builtIn', 'builtIn'],
  [1, 'custom'],
  ['custom', 'custom'],
]);

const decoders: Readonly<Record<Shape, (body: unknown, request: PageRequest) => DecodedPage>> = {
  groups: (body) => {
    const { rows, malformed } = mapRows(listOfGroups(body), groupRow);
    return { groups: rows, malformed };
  },
  group: membersOfGroup,
  references: (body, request) => pageOf(body, request, referenceRow, 'a list of members'),
  directory: (body, request) => pageOf(body, request, personRow, 'a list of users'),
  ungroupedUsers: (body, request) => {
    const page = pageOf(body, request, ungrouped(personRow), 'a list of users', isUngrouped);
    return { ...page, next: page.next ?? ungroupedRobotsOf(request) };
  },
  ungroupedRobots: (body, request) =>
    pageOf(body, request, ungrouped(robotRow), 'a list of robot accounts', isUngrouped),
  everyone: (body, request) => {
    const found = listOfGroups(body).find((one) => isRecord(one) && one.id === request.state.id);
    if (found) return { members: [everyone(groupRow(found)?.name)], malformed: 0 };
    return { malformed: 0, problem: { kind: 'notFound', reason: 'The service does not list this group any more.' } };
  },
};

export const decode: Decode = (bytes, request) => decoders[request.shape as Shape](readJson(bytes), request);

/** `GET Group/{partition}` answers with a bare list, unpaged. */
function listOfGroups(body: unknown): readonly unknown[] {
  if (!Array.isArray(body)) throw wrongShape('a list of groups', body, wordsOf(body));
  return body;
}

function groupRow(row: unknown): GroupRow | undefined {
  const parsed = group.safeParse(row);
  if (!parsed.success) return undefined;
  const { id, type } = parsed.data;
  const name = textOf(parsed.data.name) ?? textOf(parsed.data.displayName) ?? id;
  const kind = kinds.get(type) ?? 'unknown';
  const { members, ...details } = row as Readonly<Record<string, unknown>>;
  if (isEveryone(kind, name)) return { id, name, kind, details, members: [everyone(name)] };
  if (!Array.isArray(members)) return { id, name, kind, details };
  // `[]` is not an answer yet, but is one where the routes for members do not exist.
  if (members.length === 0) return { id, name, kind, details: { ...details, [emptyInList]: true } };
  const { rows, malformed } = mapRows(members, decodeMember);
  return { id, name, kind, details, members: rows, ...(malformed > 0 ? { malformedMembers: malformed } : {}) };
}

/** `GET Group/{partition}/{group}`: members that it brings are all; without any, `Members` is asked. */
function membersOfGroup(body: unknown, request: PageRequest): DecodedPage {
  if (!isRecord(body) || (textOf(body.id) === undefined && body.members === undefined)) {
    throw wrongShape('a group', body, wordsOf(body));
  }
  const { members } = body;
  if (members === undefined || members === null) return { malformed: 0, next: referencesOf(request, 'absent') };
  if (!Array.isArray(members)) throw wrongShape("a group's list of members", members);
  if (members.length === 0) return { malformed: 0, next: referencesOf(request, 'empty') };
  const { rows, malformed } = mapRows(members, decodeMember);
  return { members: rows, malformed };
}

type MapMember = (row: unknown) => MemberRow | undefined;

/** The API's definition spells it differently for users and robots. */
function groupIdsOf(row: unknown): unknown {
  if (!isRecord(row)) return undefined;
  return row.groupIDs === undefined ? row.groupIds : row.groupIDs;
}

function isUngrouped(row: unknown): boolean {
  const ids = groupIdsOf(row);
  return !Array.isArray(ids) || ids.length === 0;
}

/** A row that does not tell its groups cannot be read as one of somebody who has none. */
function ungrouped(map: MapMember): MapMember {
  return (row) => {
    const ids = groupIdsOf(row);
    return ids === null || Array.isArray(ids) ? map(row) : undefined;
  };
}

function pageOf(
  body: unknown,
  request: PageRequest,
  map: MapMember,
  expected: string,
  isWanted: (row: unknown) => boolean = () => true,
): DecodedPage {
  const parsed = page.safeParse(body);
  if (!parsed.success) throw wrongShape(expected, isRecord(body) ? body.results : body, wordsOf(body));
  const { results, totalCount } = parsed.data;
  const { rows, malformed } = mapRows(results.filter(isWanted), map);
  const step = nextPageOfTotal({ asked: pageSize, ...positionOf(request), rows: results.length, count: totalCount });
  const next = step.isLast ? undefined : pageAt(request, step.skip, step.announced);
  return {
    members: rows,
    malformed,
    ...(next ? { next } : {}),
    ...(step.isLast && step.problem ? { problem: step.problem } : {}),
  };
}
