import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError, cancelled } from '../../core/errors.ts';
import { escapeHtml } from '../../core/text/escapeHtml.ts';
import type { Translate } from '../../core/text/translate.ts';

export interface Loopback {
  readonly port: number;
  /** What came back from the browser. @throws AppError `timeout`, `cancelled` */
  readonly callback: Promise<URLSearchParams>;
  close(): void;
}

export interface LoopbackOptions {
  /** Tried in this order: redirect URIs are registered with their port. */
  readonly ports: readonly number[];
  /** Only a callback with it counts, and only the first one. */
  readonly state: string;
  /** Milliseconds. */
  readonly patience: number;
  readonly t: Translate;
}

/**
 * Waits for the browser to come back to `http://localhost:PORT`. Whatever else asks here, a page that guesses or a
 * reload, is answered and changes nothing.
 * @throws AppError `invalid` when all ports are taken
 */
export async function listen({ ports, state, patience, t }: LoopbackOptions, signal: AbortSignal): Promise<Loopback> {
  const { promise, resolve, reject } = Promise.withResolvers<URLSearchParams>();
  // Whoever waits for it may not have come to it yet.
  promise.catch(() => undefined);
  let isDone = false;
  const server = createServer((request, response) => {
    const found = isDone ? undefined : callbackIn(request, state);
    isDone ||= found !== undefined;
    answer(response, found, t);
    if (found) resolve(found);
  });
  const port = await firstFree(server, ports, t);
  const stop = () => reject(cancelled());
  const timer = setTimeout(
    () => reject(new AppError('timeout', t('Nobody signed in within {0} minutes.', Math.round(patience / 60_000)))),
    patience,
  );
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  return {
    port,
    callback: promise,
    close: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      server.close();
      // A browser keeps connections open; an answer under way is short enough to be out.
      server.closeIdleConnections();
    },
  };
}

async function firstFree(server: Server, ports: readonly number[], t: Translate): Promise<number> {
  for (const port of ports) if (await isListening(server, port)) return port;
  throw new AppError(
    'invalid',
    t(
      'The ports {0} of this computer are all in use. Close the program that uses one of them, or register and set other ports (setting “Uipath Redirect Ports”).',
      ports.join(', '),
    ),
  );
}

function isListening(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.removeListener('listening', listening);
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    };
    const listening = () => {
      server.removeListener('error', failed);
      resolve(true);
    };
    server.once('error', failed).once('listening', listening);
    server.listen({ host: '127.0.0.1', port, exclusive: true });
  });
}

/** Of this flow: by its state. The host is checked because a foreign name may be made to lead here. */
function callbackIn({ method, url, headers }: IncomingMessage, state: string): URLSearchParams | undefined {
  const { host = '' } = headers;
  if (method !== 'GET' || !/^(localhost|127\.0\.0\.1):\d+$/.test(host) || !url) return undefined;
  if (!URL.canParse(url, 'http://localhost')) return undefined;
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  return pathname === '/' && searchParams.get('state') === state ? searchParams : undefined;
}

function answer(response: ServerResponse, found: URLSearchParams | undefined, t: Translate): void {
  const isGood = found?.has('code') === true;
  const words = isGood
    ? t('You are signed in. You can close this page and go back to VS Code.')
    : found
      ? t('Signing in did not succeed. You can close this page; VS Code says more.')
      : t('This page belongs to no sign-in that is under way. You can close it.');
  response.writeHead(found ? 200 : 400, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(`<!doctype html><meta charset="utf-8"><title>Tenant Explorer</title><p>${escapeHtml(words)}</p>`);
}
