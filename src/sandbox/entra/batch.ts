import type { Context } from 'hono';
import { errorReply, jsonReply } from './replies.ts';

/** So many requests may come in one. */
const MAX_REQUESTS = 20;

interface BatchedRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly dependsOn?: readonly string[];
}

interface BatchedReply {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Answers each of the requests in a batch as if it had come alone; the replies are in no order. */
export async function batchReply(c: Context, send: (request: Request) => Promise<Response>): Promise<Response> {
  const body: unknown = await c.req.json().catch(() => undefined);
  const requests = typeof body === 'object' && body !== null && 'requests' in body ? body.requests : undefined;
  if (!Array.isArray(requests) || !requests.every(isBatched)) {
    return errorReply(400, 'BadRequest', 'Invalid batch payload format.');
  }
  if (requests.length > MAX_REQUESTS) {
    const message = `Number of batch request steps exceeds the maximum value of ${MAX_REQUESTS}.`;
    return errorReply(400, 'MaximumValueExceeded', message);
  }
  if (new Set(requests.map(({ id }) => id)).size < requests.length) {
    return errorReply(400, 'BadRequest', 'Request Id has to be unique in a batch.');
  }
  const replies = new Map<string, BatchedReply>();
  for (const request of requests) {
    const unmet = (request.dependsOn ?? []).some((id) => (replies.get(id)?.status ?? 424) >= 400);
    replies.set(request.id, unmet ? failedDependency(request) : await answered(c, request, send));
  }
  return jsonReply({ responses: [...replies.values()].reverse() });
}

function isBatched(request: unknown): request is BatchedRequest {
  const { id, method, url } = (request ?? {}) as Partial<BatchedRequest>;
  return typeof id === 'string' && typeof method === 'string' && typeof url === 'string';
}

async function answered(
  c: Context,
  { id, method, url, headers }: BatchedRequest,
  send: (request: Request) => Promise<Response>,
): Promise<BatchedReply> {
  const root = c.req.url.replace(/\/\$batch.*$/, '');
  const authorization = c.req.header('authorization');
  const request = new Request(`${root}/${url.replace(/^\//, '')}`, {
    method,
    headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
  });
  const reply = await send(request);
  const text = await reply.text();
  return { id, status: reply.status, headers: Object.fromEntries(reply.headers), body: JSON.parse(text) };
}

function failedDependency({ id }: BatchedRequest): BatchedReply {
  const error = { code: 'FailedDependency', message: 'A request that this one depends on failed.' };
  return { id, status: 424, headers: { 'content-type': 'application/json' }, body: { error } };
}
