import type { Context } from 'hono';
import { wholeNumber } from '../parameters.ts';
import type { Rows } from '../tenantIdentity.ts';
import { errorReply, jsonReply } from './replies.ts';

const MAX_TOP = 999;
const DEFAULT_TOP = 100;

/** One page of a list, with a link to the next one. `row` makes of a row what is sent. */
export function listReply<T>(
  c: Context,
  { context, rows, row }: { context: string; rows: Rows<T>; row: (item: T) => unknown },
): Response {
  const top = wholeNumber(c.req.query('$top'), { fallback: DEFAULT_TOP, min: 1, max: MAX_TOP });
  if (top === undefined) {
    const message = `Invalid page size specified: '${c.req.query('$top')}'. Must be between 1 and ${MAX_TOP} inclusive.`;
    return errorReply(400, 'Request_UnsupportedQuery', message);
  }
  const skip = skipOf(c.req.query('$skiptoken'));
  if (skip === undefined) return errorReply(400, 'Directory_ExpiredPageToken', 'The specified page token is invalid.');
  const url = new URL(c.req.url);
  const origin = `${url.origin}${url.pathname.replace(/\/v1\.0\/.*$/, '/v1.0')}`;
  const isMore = skip + top < rows.length;
  if (isMore) url.searchParams.set('$skiptoken', tokenOf(skip + top));
  return jsonReply({
    '@odata.context': `${origin}/$metadata#${context}`,
    ...(c.req.query('$count') === 'true' && skip === 0 ? { '@odata.count': rows.length } : {}),
    ...(isMore ? { '@odata.nextLink': url.href } : {}),
    value: rows.slice(skip, skip + top).map(row),
  });
}

/** What `$select` leaves of an object; type and id always come. */
export function selected(c: Context, object: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const wanted = c.req.query('$select');
  if (!wanted) return object;
  const names = new Set(['@odata.type', 'id', ...wanted.split(',').map((name) => name.trim())]);
  return Object.fromEntries(Object.entries(object).filter(([name]) => names.has(name)));
}

/** Opaque to the client, as Graph's is. */
function tokenOf(skip: number): string {
  return `RFNwdAoAAQ${Buffer.from(`skip ${skip}`).toString('base64url')}`;
}

function skipOf(token: string | undefined): number | undefined {
  if (token === undefined) return 0;
  const text = Buffer.from(token.replace(/^RFNwdAoAAQ/, ''), 'base64url').toString();
  const skip = /^skip (\d{1,9})$/.exec(text)?.[1];
  return skip === undefined ? undefined : Number(skip);
}
