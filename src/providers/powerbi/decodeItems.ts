import * as z from 'zod/mini';
import { isRecord } from '../../core/isRecord.ts';
import { type LinkTrail, nextLinkedPage } from '../../core/provider/paging.ts';
import type { DecodedPage, PageRequest } from '../../core/provider/provider.ts';
import type { ItemRow } from '../../core/provider/rows.ts';
import { wrongShape } from '../json.ts';
import { mapRows } from '../mapRows.ts';
import { textOf } from '../text.ts';
import { wordsOf } from './errors.ts';

const anything = z.optional(z.unknown());

const envelope = z.object({
  artifactAccessEntities: z.array(z.unknown()),
  continuationUri: anything,
  continuationToken: anything,
});

/** Only what identifies an item must be right. */
const artifact = z.object({
  artifactId: z.string().check(z.regex(/\S/)),
  displayName: anything,
  artifactType: anything,
  accessRight: anything,
});

/** What somebody reaches item by item. @throws AppError `badResponse` for a reply of the wrong shape */
export function itemsPage(body: unknown, request: PageRequest): DecodedPage {
  const parsed = envelope.safeParse(body);
  if (!parsed.success)
    throw wrongShape('a list of items', isRecord(body) ? body.artifactAccessEntities : body, wordsOf(body));
  const { rows, malformed } = mapRows(parsed.data.artifactAccessEntities, itemRow);
  return { items: rows, malformed, ...following(parsed.data, request) };
}

function itemRow(row: unknown): ItemRow | undefined {
  const parsed = artifact.safeParse(row);
  if (!parsed.success) return undefined;
  const { artifactId: id, displayName, artifactType, accessRight } = parsed.data;
  const right = textOf(accessRight);
  const item = { id, name: textOf(displayName) ?? id, type: textOf(artifactType) ?? '' };
  return right === undefined ? item : { ...item, right };
}

function following(
  { continuationUri, continuationToken }: z.infer<typeof envelope>,
  request: PageRequest,
): Pick<DecodedPage, 'next' | 'problem'> {
  const link = linkOf(textOf(continuationUri), textOf(continuationToken), request);
  const { trail, ...state } = request.state;
  const step = nextLinkedPage(link, request.url, trail as LinkTrail | undefined);
  if (step.isLast) return step.problem ? { problem: step.problem } : {};
  return { next: { ...request, url: step.url, state: { ...state, trail: { ...step.trail } } } };
}

/**
 * The address of the next page as the service gives it, if it is that of this route; else, as behind a proxy, this
 * route with the token.
 */
function linkOf(uri: string | undefined, token: string | undefined, { url }: PageRequest): string | undefined {
  if (uri !== undefined && URL.canParse(uri, url) && placeOf(new URL(uri, url)) === placeOf(new URL(url))) return uri;
  if (token === undefined) return uri;
  const page = new URL(url);
  page.search = `?continuationToken='${isEncoded(token) ? token : encodeURIComponent(token)}'`;
  return page.href;
}

/** Services escape different characters of a user's name. */
function placeOf({ origin, pathname }: URL): string {
  try {
    return origin + decodeURIComponent(pathname);
  } catch {
    return origin + pathname;
  }
}

/** The service sends the token as it is to stand in an address. */
function isEncoded(token: string): boolean {
  return /^(?:[\w.~-]|%[0-9a-f]{2})+$/i.test(token);
}
