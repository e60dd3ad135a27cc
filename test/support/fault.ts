import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and its reply to be. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What the sandbox will be asked: a fault may change it. */
  readonly url: URL;
}

/**
 * What happens to a request. It resolves to the reply, its own or what `next` (the next rule, at last the sandbox)
 * replies, or to nothing when it has dealt with the connection itself.
 */
export type Fault = (exchange: Exchange, next: () => Promise<Response | undefined>) => Promise<Response | undefined>;

/** Sends a reply whole, in one piece. */
export async function sendReply(response: ServerResponse, reply: Response): Promise<void> {
  const body = Buffer.from(await reply.arrayBuffer());
  const headers = { ...Object.fromEntries(reply.headers), 'content-length': String(body.length) };
  response.writeHead(reply.status, headers).end(body);
}
