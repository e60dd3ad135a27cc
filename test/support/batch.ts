import type { IncomingHttpHeaders } from 'node:http';
import { requestLine } from '../../src/sandbox/app.ts';
import type { Exchange, Fault } from './fault.ts';

/** One of the requests that came in a batch. */
export interface BatchedRequest {
  /** `BATCHED GET /path?query` */
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
}

export interface BatchDeps {
  /** What happens to a request of this batch. */
  faultsFor(request: BatchedRequest): readonly Fault[];
  /** Asks the sandbox for one of them alone. */
  ask(url: URL, headers: Readonly<Record<string, string>>): Promise<Response>;
}

export function isBatch({ request, url }: Exchange): boolean {
  return request.method === 'POST' && url.pathname.endsWith('/$batch');
}

/** Does to the replies within the reply to a batch what rules say, as if their requests had come alone. */
export async function withFaultsInside(
  exchange: Exchange,
  { sent, reply }: { sent: string; reply: Response },
  { faultsFor, ask }: BatchDeps,
): Promise<Response | undefined> {
  if (reply.status !== 200) return reply;
  const { requests } = JSON.parse(sent) as {
    requests: { id: string; url: string; headers?: Record<string, string> }[];
  };
  const { responses } = (await reply.json()) as { responses: { id: string }[] };
  for (const { id, url: path, headers = {} } of requests) {
    const url = new URL(exchange.url.href.replace(/\/\$batch.*$/, path));
    const faults = faultsFor({ line: `BATCHED ${requestLine('GET', url.href)}`, headers });
    if (faults.length === 0) continue;
    const inner: Exchange = { ...exchange, url };
    const step = async (index: number): Promise<Response | undefined> =>
      faults[index] ? faults[index](inner, () => step(index + 1)) : ask(url, headers);
    const replaced = await step(0);
    if (!replaced) return undefined;
    const at = responses.findIndex((one) => one.id === id);
    responses[at] = Object.assign({ id }, await asPart(replaced));
  }
  return new Response(JSON.stringify({ responses }), { status: 200, headers: { 'content-type': 'application/json' } });
}

/** What is no JSON comes in Base64. */
async function asPart(reply: Response): Promise<{ status: number; headers: Record<string, string>; body: unknown }> {
  const text = await reply.text();
  const isJson = /^\s*[{[]/.test(text);
  const body: unknown = isJson ? JSON.parse(text) : Buffer.from(text).toString('base64');
  return { status: reply.status, headers: Object.fromEntries(reply.headers), body };
}
