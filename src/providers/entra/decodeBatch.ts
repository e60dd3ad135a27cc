import * as z from 'zod/mini';
import { isAppError } from '../../core/errors.ts';
import { isRecord } from '../../core/isRecord.ts';
import type { Answered, DecodedPage, PageRequest } from '../../core/provider/provider.ts';
import type { MemberRow } from '../../core/provider/rows.ts';
import { wrongShape } from '../json.ts';
import { batchOf, partId } from './batch.ts';
import { wordsOf } from './errors.ts';

const envelope = z.object({ responses: z.array(z.unknown()) });

const answer = z.object({
  id: z.string(),
  status: z.int().check(z.gte(100), z.lte(599)),
  headers: z.optional(z.unknown()),
  body: z.optional(z.unknown()),
});

type Answer = z.infer<typeof answer>;

interface Decoders {
  decodePart(body: unknown, part: PageRequest): DecodedPage;
  /** How a listing ends whose last page was this request's. */
  ending(request: PageRequest): Pick<DecodedPage, 'next' | 'problem'>;
}

/**
 * Each part of a batch as if it had been asked for alone. What failed is asked for behind all else, with what came for
 * it, so that an error within a batch is met as any other; and what was not answered is asked for anew.
 */
export function decodeBatch(body: unknown, request: PageRequest, { decodePart, ending }: Decoders): DecodedPage {
  const answers = answersOf(body);
  const members: MemberRow[] = [];
  const more: PageRequest[] = [];
  const failed: PageRequest[] = [];
  let malformed = 0;
  let problem: DecodedPage['problem'];
  for (const [index, part] of (request.parts ?? []).entries()) {
    const one = answers.get(partId(index));
    const page = one && decoded(one, part, decodePart);
    if (!page) {
      failed.push(one ? { ...part, answered: asReply(one) } : part);
      continue;
    }
    const held = new Set(members.map(({ id }) => id));
    // Who is in two lists is one member.
    members.push(...(page.members ?? []).filter(({ id }) => !held.has(id)));
    malformed += page.malformed;
    problem ??= page.problem;
    if (page.next) more.push(page.next);
  }
  const state = { ...request.state, listed: Number(request.state.listed ?? 0) + members.length + malformed };
  const rows = { members, malformed };
  if (more.length + failed.length > 0) {
    return { ...rows, next: following(more, failed, state), ...(problem ? { problem } : {}) };
  }
  return { ...rows, ...(problem ? { problem } : ending({ ...request, state })) };
}

/** By id; what is no answer is passed over, as is what comes a second time. */
function answersOf(body: unknown): Map<string, Answer> {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) {
    throw wrongShape('the replies to several requests', isRecord(body) ? body.responses : body, wordsOf(body));
  }
  const answers = new Map<string, Answer>();
  for (const one of parsed.data.responses) {
    const { data } = answer.safeParse(one);
    if (data && !answers.has(data.id)) answers.set(data.id, data);
  }
  return answers;
}

/** Nothing for an error, and for a success that cannot be read. */
function decoded(
  { status, body }: Answer,
  part: PageRequest,
  decodePart: Decoders['decodePart'],
): DecodedPage | undefined {
  if (status < 200 || status > 299) return undefined;
  try {
    return decodePart(body, part);
  } catch (error) {
    if (isAppError(error, 'badResponse')) return undefined;
    throw error;
  }
}

function asReply({ status, headers, body }: Answer): Answered {
  const named = Object.entries(isRecord(headers) ? headers : {}).map(([name, value]) => [
    name.toLowerCase(),
    String(value),
  ]);
  return { status, headers: Object.fromEntries(named), body: body === undefined ? '' : JSON.stringify(body) };
}

/** In one again where all are further pages; else one after the other. */
function following(
  more: readonly PageRequest[],
  failed: readonly PageRequest[],
  state: PageRequest['state'],
): PageRequest {
  const { root, ...rest } = state;
  const all = [...more, ...failed];
  const inTurn = withState(chained(all), rest);
  const isBatch = all.length > 1 && failed.length === 0 && all.every(({ url }) => url.startsWith(`${root}/`));
  return isBatch ? { ...inTurn, inOne: batchOf(String(root), all, rest) } : inTurn;
}

/** Only what is asked for at once can be answered already: later, it may be another answer. */
function chained([first, ...others]: readonly PageRequest[]): PageRequest {
  if (!first) throw new Error('nothing to ask for');
  if (others.length === 0) return first;
  return { ...first, behind: chained(others.map(({ answered: _, ...other }) => other)) };
}

function withState(request: PageRequest, state: PageRequest['state']): PageRequest {
  return { ...request, state: { ...request.state, ...state } };
}
