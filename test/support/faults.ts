import { once } from 'node:events';
import type { Fault } from './fault.ts';

/** Answers with a status instead of asking the sandbox. A body that is no text is sent as JSON. */
export function status(code: number, options: { headers?: Record<string, string>; body?: unknown } = {}): Fault {
  const { headers = {}, body } = options;
  const isText = body === undefined || typeof body === 'string';
  const text = isText ? body : JSON.stringify(body);
  const type: Record<string, string> = isText ? {} : { 'content-type': 'application/json' };
  return async () => new Response(text ?? null, { status: code, headers: { ...type, ...headers } });
}

/**
 * Refuses because of too many requests.
 * @param retryAfter seconds, a date, any text (to be tried out as garbage), or undefined for no such header
 */
export function throttle(retryAfter?: number | Date | string, code = 429): Fault {
  const wait = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
  const headers: Record<string, string> = wait === undefined ? {} : { 'retry-after': String(wait) };
  const message =
    'You have exceeded the amount of requests allowed in the current time frame and further requests will fail.' +
    (wait === undefined ? '' : ` Retry in ${wait} seconds.`);
  return status(code, { headers, body: { message } });
}

/** Answers 200 with a page of HTML, as a proxy or a sign-in page does. */
export function html(code = 200): Fault {
  const body = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in.</body></html>';
  return status(code, { headers: { 'content-type': 'text/html; charset=utf-8' }, body });
}

/** Sends the client elsewhere. */
export function redirect(location: string, code = 302): Fault {
  return status(code, { headers: { location } });
}

/** Answers with half of the JSON in a reply that is whole as far as HTTP can tell. */
export function cutJson(): Fault {
  return async (_, next) => {
    const reply = await next();
    if (!reply) return undefined;
    const text = await reply.text();
    const { status: code, headers } = reply;
    return new Response(text.slice(0, Math.floor(text.length / 2)), { status: code, headers: withoutLength(headers) });
  };
}

/** Announces the whole body, sends half of it and ends the connection. */
export function cutConnection(): Fault {
  return async ({ response }, next) => {
    const reply = await next();
    if (!reply) return undefined;
    const body = Buffer.from(await reply.arrayBuffer());
    const headers = { ...Object.fromEntries(reply.headers), 'content-length': String(body.length) };
    response.writeHead(reply.status, headers);
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroySoon());
    return undefined;
  };
}

/** Resets the connection before anything is answered. */
export function reset(): Fault {
  return async ({ request }) => {
    request.socket.resetAndDestroy();
    return undefined;
  };
}

/** Takes the request and never answers. */
export function silence(): Fault {
  return async () => undefined;
}

/** Replaces or patches the JSON of a reply: the function gets the body and returns the body to send. */
export function json(change: (body: unknown) => unknown): Fault {
  return async (_, next) => {
    const reply = await next();
    if (!reply) return undefined;
    const body = change(await reply.json());
    return new Response(JSON.stringify(body), { status: reply.status, headers: withoutLength(reply.headers) });
  };
}

/** Sends so many bytes of white space behind the reply: it stays JSON. */
export function pad(bytes: number): Fault {
  return async (_, next) => {
    const reply = await next();
    if (!reply) return undefined;
    const text = (await reply.text()) + ' '.repeat(bytes);
    return new Response(text, { status: reply.status, headers: withoutLength(reply.headers) });
  };
}

/** A service that sends no more than `rows` rows in a page, whatever it is asked for. */
export function pageCap(rows: number): Fault {
  return async ({ url }, next) => {
    const name = url.pathname.includes('/v1.0/') ? '$top' : 'top';
    const asked = url.searchParams.get(name);
    if (asked === null || Number(asked) > rows) url.searchParams.set(name, String(rows));
    return next();
  };
}

/** A service that answers every page with the first one. */
export function ignoreSkip(): Fault {
  return async ({ url }, next) => {
    url.searchParams.delete('$skip');
    url.searchParams.delete('skip');
    return next();
  };
}

/** A fault that keeps requests waiting until the test lets them go. */
export interface Hold {
  readonly fault: Fault;
  /** Settles when the first request is being held. */
  readonly reached: Promise<void>;
  /** Lets held requests go, and all later ones pass. */
  release(): void;
}

/** Holds requests up until `release`, so that a test can look at what happens meanwhile. */
export function hold(): Hold {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    release: () => gate.resolve(),
    async fault({ response }, next) {
      reached.resolve();
      await Promise.race([gate.promise, once(response, 'close')]);
      return response.destroyed ? undefined : next();
    },
  };
}

function withoutLength(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete('content-length');
  return copy;
}
