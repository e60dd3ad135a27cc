import { AppError, cancelled, type ErrorKind, isAppError } from '../errors.ts';
import type { ErrorReply } from '../provider/provider.ts';
import { createTurns } from '../turns/turns.ts';
import { watchConnecting } from './connectWatch.ts';
import { networkCodeOf } from './networkCode.ts';
import { retryAtOf } from './retryAfter.ts';

export interface HttpRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** An admin call: slower, so given more time. */
  readonly isAdmin?: boolean;
}

export interface HttpReply {
  readonly status: number;
  header(name: string): string | undefined;
  readonly bytes: Uint8Array;
}

/** What we use of a fetch; both node-fetch's and the platform's fit. */
export type Transport = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array | string> | null;
}>;

/** In milliseconds. */
export interface Timeouts {
  readonly connect: number;
  /** Without a byte. */
  readonly idle: number;
  /** Without a byte, of an admin call. */
  readonly admin: number;
}

/**
 * Sends one request and reads its whole reply, whatever its status; redirects are not followed.
 * @throws AppError `offline timeout badResponse` (cut off, too large), `cancelled` when `signal` aborts
 */
export type Send = (request: HttpRequest, signal: AbortSignal) => Promise<HttpReply>;

/** A page of 5,000 workspaces with members is some 30 MB; far beyond that something is wrong. */
export const maxReplyBytes = 256 * 1024 * 1024;

export function createSend(
  loadTransport: () => Promise<Transport>,
  timeouts: () => Timeouts,
  sizeCap = maxReplyBytes,
): Send {
  return async (request, signal) => {
    if (signal.aborted) throw cancelled();
    const transport = await loadTransport();
    const watch = createWatch(signal, request.isAdmin ? timeouts().admin : timeouts().idle);
    const connecting = watchConnecting(request.url, (connected) => watch.connecting(timeouts().connect, connected));
    let hasHeaders = false;
    try {
      const pending = transport(request.url, {
        method: request.method ?? 'GET',
        headers: { accept: 'application/json', ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        signal: watch.signal,
      });
      connecting.handedOver();
      const reply = await pending;
      hasHeaders = true;
      watch.heard();
      const bytes = await readBody(reply.body, sizeCap, watch);
      return { status: reply.status, header: (name) => reply.headers.get(name) ?? undefined, bytes };
    } catch (error) {
      if (signal.aborted) throw cancelled();
      if (isAppError(watch.signal.reason)) throw watch.signal.reason;
      throw isAppError(error) ? error : transportError(error, hasHeaders);
    } finally {
      connecting.dispose();
      watch.dispose();
    }
  };
}

interface Watch {
  readonly signal: AbortSignal;
  connecting(milliseconds: number, connected: Promise<void>): void;
  heard(): void;
  stop(error: AppError): void;
  dispose(): void;
}

function silent(milliseconds: number): AppError {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds === 1) return new AppError('timeout', 'The service sent nothing for 1 second.');
  return new AppError('timeout', `The service sent nothing for ${seconds} seconds.`);
}

function unconnected(milliseconds: number): AppError {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds === 1) return new AppError('timeout', 'No connection within 1 second.');
  return new AppError('timeout', `No connection within ${seconds} seconds.`);
}

/** Ends a request that is aborted from outside or that has been silent for too long. */
function createWatch(outer: AbortSignal, idle: number): Watch {
  const controller = new AbortController();
  const abort = () => controller.abort(cancelled());
  outer.addEventListener('abort', abort, { once: true });
  const idleTimer = setTimeout(() => controller.abort(silent(idle)), idle);
  let connectTimer: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    connecting: (milliseconds, connected) => {
      connectTimer = setTimeout(() => controller.abort(unconnected(milliseconds)), milliseconds);
      void connected.then(() => clearTimeout(connectTimer));
    },
    heard: () => {
      clearTimeout(connectTimer);
      idleTimer.refresh();
    },
    stop: (error) => controller.abort(error),
    dispose: () => {
      clearTimeout(idleTimer);
      clearTimeout(connectTimer);
      outer.removeEventListener('abort', abort);
    },
  };
}

async function readBody(
  body: AsyncIterable<Uint8Array | string> | null,
  sizeCap: number,
  watch: Watch,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    watch.heard();
    const bytes = typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    size += bytes.byteLength;
    if (size > sizeCap) {
      const error = new AppError('badResponse', `The reply is larger than ${Math.round(sizeCap / 1024 / 1024)} MB.`);
      watch.stop(error);
      throw error;
    }
    chunks.push(bytes);
  }
  return join(chunks, size);
}

/** A large reply is tens of megabytes: put together in one go, it would hold up everybody on the thread. */
async function join(chunks: readonly Uint8Array[], size: number): Promise<Uint8Array> {
  const turns = createTurns();
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    if (turns.isOver()) await turns.next();
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

/** A connection that failed: before the reply's headers the network is at fault, after them the reply is cut off. */
function transportError(error: unknown, hasHeaders: boolean): AppError {
  const code = networkCodeOf(error);
  if (hasHeaders) return new AppError('badResponse', 'The reply was cut off.', { cause: error, isCutOff: true });
  if (code.startsWith('HPE_') || nameOf(error) === 'HTTPParserError')
    return new AppError('badResponse', 'The reply is not valid HTTP.', { cause: error });
  if (code === 'ETIMEDOUT' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return new AppError('timeout', 'The service did not answer.', { cause: error });
  return new AppError('offline', offlineReason(code), { cause: error });
}

/** The platform's fetch wraps what went wrong. */
function nameOf(error: unknown): unknown {
  const { cause } = (typeof error === 'object' && error !== null ? error : {}) as { cause?: { name?: unknown } };
  return cause?.name;
}

function offlineReason(code: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `The service's name could not be looked up (${code}).`;
  if (code === 'ECONNREFUSED') return `The connection was refused (${code}).`;
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET')
    return `The connection was reset (${code}).`;
  if (/CERT|SELF_SIGNED|TLS|SSL|UNABLE_TO_/.test(code)) return `The connection is not trusted (${code}).`;
  return code ? `The service could not be reached (${code}).` : 'The service could not be reached.';
}

/** How a service deviates from what statuses usually mean. */
export interface ReplyRules {
  refineKind?(reply: ErrorReply): ErrorKind | undefined;
  errorMessage?(reply: ErrorReply): string | undefined;
}

const maxErrorText = 16 * 1024;

/** Nothing for a success; else the one error that this reply is. The only place that turns statuses into kinds. */
export function errorOfReply(reply: HttpReply, rules: ReplyRules, now: Date): AppError | undefined {
  if (reply.status >= 200 && reply.status < 300) return undefined;
  const body = new TextDecoder().decode(reply.bytes.subarray(0, maxErrorText));
  const errorReply: ErrorReply = { status: reply.status, header: reply.header, body };
  const kind = rules.refineKind?.(errorReply) ?? kindOfStatus(reply.status);
  const said = rules.errorMessage?.(errorReply);
  const message = said
    ? `The service answered ${reply.status}: ${said}`
    : `The service answered ${reply.status}${meaning(reply.status)}.`;
  const retryAt = kind === 'throttled' || kind === 'unavailable' ? retryAtOf(errorReply, now) : undefined;
  const claims = claimsOf(reply.header('www-authenticate'));
  return new AppError(kind, message, {
    status: reply.status,
    ...(retryAt ? { retryAt } : {}),
    ...(claims === undefined ? {} : { claims }),
  });
}

/** What a challenge of conditional access asks for, as JSON; services send it in Base64. */
function claimsOf(challenge: string | undefined): string | undefined {
  const claims = /\bclaims="([^"]+)"/i.exec(challenge ?? '')?.[1];
  return claims === undefined || claims.startsWith('{') ? claims : Buffer.from(claims, 'base64').toString();
}

function meaning(status: number): string {
  if (status >= 300 && status < 400) return ' (a redirect, which is not followed)';
  const words: Readonly<Record<number, string>> = {
    401: ' (not authorized)',
    403: ' (forbidden)',
    404: ' (not found)',
    429: ' (too many requests)',
    500: ' (internal error)',
    502: ' (bad gateway)',
    503: ' (unavailable)',
    504: ' (gateway time-out)',
  };
  return words[status] ?? '';
}

function kindOfStatus(status: number): ErrorKind {
  if (status === 401) return 'notSignedIn';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'notFound';
  if (status === 408 || status >= 500) return 'unavailable';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 429) return 'throttled';
  return status >= 400 ? 'invalid' : 'badResponse';
}
