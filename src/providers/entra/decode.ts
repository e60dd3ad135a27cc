import * as z from 'zod/mini';
import { isRecord } from '../../core/isRecord.ts';
import { type LinkTrail, nextLinkedPage } from '../../core/provider/paging.ts';
import type { Decode, DecodedPage, PageRequest } from '../../core/provider/provider.ts';
import type { GroupRow, MemberRow } from '../../core/provider/rows.ts';
import { readJson, wrongShape } from '../json.ts';
import { mapRows } from '../mapRows.ts';
import { textOf } from '../text.ts';
import { decodeBatch } from './decodeBatch.ts';
import { decodeMember } from './decodeMember.ts';
import { wordsOf } from './errors.ts';
import { appsOf, expandedAtMost, expandedOf, type Shape } from './requests.ts';

const anything = z.optional(z.unknown());

const envelope = z.object({ value: z.array(z.unknown()), '@odata.nextLink': anything });

const expandedGroup = z.object({ members: z.array(z.unknown()), 'members@odata.nextLink': anything });

/** Only what identifies a group must be right; all else is kept in its details as it came. */
const group = z.object({ id: z.string().check(z.regex(/\S/)) });

const decoders: Readonly<Record<Shape, (body: unknown, request: PageRequest) => DecodedPage>> = {
  groups: (body, request) => {
    const reply = listOf(body, 'a list of groups');
    const { rows, malformed } = mapRows(reply.value, groupRow);
    return { groups: rows, malformed, ...following(reply, request) };
  },
  members: (body, request) => {
    const reply = listOf(body, 'a list of members');
    const page = membersOf(reply.value, (row) => decodeMember(row));
    const step = following(reply, request);
    if (step.next || step.problem) return { ...page, ...countedIn(step, page) };
    const listed = listedWith(request, page);
    const state: PageRequest['state'] = { ...request.state, listed };
    // A service that lists an app does not leave them out.
    if (state.hasAppsApart === true || state.listsApps === true || page.members.some(isApp))
      return { ...page, ...ending({ ...request, state }) };
    const next = listed < expandedAtMost ? expandedOf : appsOf;
    return { ...page, next: next({ ...request, state }) };
  },
  expanded: (body, request) => {
    const reply = expandedGroup.safeParse(body);
    if (!reply.success)
      throw wrongShape('a group with its members', isRecord(body) ? body.members : body, wordsOf(body));
    const { members, 'members@odata.nextLink': more } = reply.data;
    // The others came before, and only apps are looked for.
    const page = membersOf(members, (row) => decodeMember(row));
    const apps = { members: page.members.filter(isApp), malformed: page.malformed };
    const counted = withListed(request, apps);
    const isWhole = members.length !== expandedAtMost && textOf(more) === undefined;
    if (isWhole) return { ...apps, ...ending(counted) };
    return request.state.wasCast === true ? { ...apps, problem: appsUnknown } : { ...apps, next: appsOf(counted) };
  },
  apps: (body, request) => {
    const reply = listOf(body, 'a list of apps');
    const page = membersOf(reply.value, (row) => decodeMember(row, '#microsoft.graph.servicePrincipal'));
    const step = following(reply, request);
    return { ...page, ...(step.next || step.problem ? countedIn(step, page) : ending(withListed(request, page))) };
  },
  batch: (body, request) => decodeBatch(body, request, { decodePart: decodeBody, ending }),
};

export const decode: Decode = (bytes, request) => decodeBody(readJson(bytes), request);

function decodeBody(body: unknown, request: PageRequest): DecodedPage {
  return decoders[request.shape as Shape](body, request);
}

type Step = Pick<DecodedPage, 'next' | 'problem'>;

interface MemberPage {
  readonly members: readonly MemberRow[];
  readonly malformed: number;
}

const appsUnknown = {
  kind: 'badResponse',
  reason: `The service shows apps only among the first ${expandedAtMost} members, so some may be missing.`,
} as const;

function listOf(body: unknown, expected: string): z.infer<typeof envelope> {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) throw wrongShape(expected, isRecord(body) ? body.value : body, wordsOf(body));
  return parsed.data;
}

function groupRow(row: unknown): GroupRow | undefined {
  const parsed = group.safeParse(row);
  if (!parsed.success) return undefined;
  const { id } = parsed.data;
  const details = row as Readonly<Record<string, unknown>>;
  return { id, name: textOf(details.displayName) ?? id, kind: kindOf(details), details };
}

/** As the page "Group types" of Graph's documentation tells them apart; a distribution list is neither. */
function kindOf({ groupTypes, securityEnabled }: Readonly<Record<string, unknown>>): string {
  if (Array.isArray(groupTypes) && groupTypes.includes('Unified')) return 'microsoft365';
  return securityEnabled === true ? 'security' : 'unknown';
}

function membersOf(rows: readonly unknown[], map: (row: unknown) => MemberRow | undefined): MemberPage {
  const { rows: members, malformed } = mapRows(rows, map);
  return { members, malformed };
}

function isApp({ principalType }: MemberRow): boolean {
  return principalType === 'app';
}

function listedWith({ state }: PageRequest, { members, malformed }: MemberPage): number {
  return Number(state.listed ?? 0) + members.length + malformed;
}

function withListed(request: PageRequest, page: MemberPage): PageRequest {
  return { ...request, state: { ...request.state, listed: listedWith(request, page) } };
}

/** The next page of the same list. */
function following(reply: z.infer<typeof envelope>, request: PageRequest): Step {
  const { trail, isFirst: _, ...state } = request.state;
  const { answered: __, inOne: ___, ...same } = request;
  const step = nextLinkedPage(reply['@odata.nextLink'], request.url, trail as LinkTrail | undefined);
  if (step.isLast) return step.problem ? { problem: step.problem } : {};
  return { next: { ...same, url: step.url, state: { ...state, trail: { ...step.trail } } } };
}

/** The same, knowing what this page brought. */
function countedIn({ next, problem }: Step, page: MemberPage): Step {
  if (!next) return problem ? { problem } : {};
  const listsApps = next.state.listsApps === true || page.members.some(isApp);
  return { next: { ...next, state: { ...next.state, listed: listedWith(next, page), listsApps } } };
}

/** What comes behind it; nobody at all is no answer of a group that hides its members. */
function ending({ state, behind }: PageRequest): Step {
  const { listed = 0, isHidden = false } = state;
  if (behind) return { next: { ...behind, state: { ...behind.state, listed, isHidden } } };
  if (isHidden !== true || listed !== 0) return {};
  const reason = 'The group hides its members: reading them needs the permission Member.Read.Hidden.';
  return { problem: { kind: 'forbidden', reason } };
}
