import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandboxApp, requestLine } from '../../src/sandbox/app.ts';
import { connectionTo, type SandboxConnection } from '../../src/sandbox/connections.ts';
import type { SandboxTenant } from '../../src/sandbox/tenant.ts';
import { isBatch, withFaultsInside } from './batch.ts';
import { type Exchange, type Fault, sendReply } from './fault.ts';

/** Which requests: by their line `GET /path?query` (with a plain `$`), or by line and headers. */
export type RequestMatch = RegExp | ((line: string, headers: IncomingHttpHeaders) => boolean);

/** Makes a fault happen to some requests. */
export interface FaultRule {
  readonly match: RequestMatch;
  readonly fault: Fault;
  /** The first matching request that it happens to, counted from 1. */
  readonly from?: number;
  /** How many times it happens; for ever, unless told otherwise. */
  readonly times?: number;
}

/** A request that the server received; one that came in a batch begins with `BATCHED`. */
export interface RecordedRequest {
  readonly line: string;
  readonly headers: IncomingHttpHeaders;
  /** Settles when the connection ended before the whole reply was sent, as it does when the client cancels. */
  readonly abandoned: Promise<void>;
}

/** The sandbox, with faults. */
export interface FaultServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly connections: readonly SandboxConnection[];
  readonly requests: readonly RecordedRequest[];
  /** Adds a rule behind the others; call the result to take it away. Rules are asked in the order they were added. */
  add(rule: FaultRule): () => void;
  /** Takes all rules away. */
  heal(): void;
  /** Forgets which requests came so far, and ends the connections that wait for another one. */
  forget(): void;
  count(match: RequestMatch): number;
  /** The n-th matching request, at once if it has come already. */
  received(match: RequestMatch, n?: number): Promise<RecordedRequest>;
  /** Ends the server and every connection, the silent ones too. */
  close(): Promise<void>;
}

export interface FaultServerOptions {
  readonly tenants: readonly SandboxTenant[];
  /** Milliseconds that every reply of the sandbox takes longer. */
  readonly latency?: number;
  readonly rules?: readonly FaultRule[];
}

interface Waiter {
  readonly match: RequestMatch;
  readonly n: number;
  readonly resolve: (request: RecordedRequest) => void;
}

/** Serves the sandbox over real HTTP on a free port of this machine, and does to its replies what the rules say. */
export async function startFaultServer(options: FaultServerOptions): Promise<FaultServer> {
  const app = createSandboxApp(options.tenants, options.latency === undefined ? {} : { latency: options.latency });
  const requests: RecordedRequest[] = [];
  const waiters = new Set<Waiter>();
  const rules = new Set((options.rules ?? []).map(countedRule));

  const server = createServer((request, response) => {
    const recorded = record(request, response);
    const exchange = exchangeOf(request, response);
    answer(exchange, faultsFor(recorded)).catch((error: unknown) => {
      // A fault or the sandbox itself failed: a defect of the test, told in a way that it cannot miss.
      if (!response.headersSent) response.writeHead(599, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });

  function faultsFor(recorded: RecordedRequest): readonly Fault[] {
    requests.push(recorded);
    for (const waiter of waiters) {
      const found = nth(requests, waiter);
      if (!found) continue;
      waiters.delete(waiter);
      waiter.resolve(found);
    }
    return [...rules].filter((rule) => rule.isDue(recorded)).map(({ fault }) => fault);
  }

  async function ask(exchange: Exchange): Promise<Response | undefined> {
    const init = await requestInit(exchange);
    const reply = await app.request(exchange.url, init);
    if (!isBatch(exchange)) return reply;
    const abandoned = abandonedOf(exchange.response);
    return withFaultsInside(
      exchange,
      { sent: String(init.body), reply },
      {
        faultsFor: (request) => faultsFor({ ...request, abandoned }),
        ask: async (url, headers) =>
          app.request(url, { headers: { ...headers, ...authorizationOf(exchange.request) } }),
      },
    );
  }

  async function answer(exchange: Exchange, faults: readonly Fault[]): Promise<void> {
    const step = async (index: number): Promise<Response | undefined> => {
      const fault = faults[index];
      return fault ? fault(exchange, () => step(index + 1)) : ask(exchange);
    };
    const reply = await step(0);
    if (reply) await sendReply(exchange.response, reply);
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    requests,
    connections: options.tenants.map((tenant) => connectionTo(tenant, origin)),
    add(rule) {
      const counted = countedRule(rule);
      rules.add(counted);
      return () => rules.delete(counted);
    },
    heal: () => rules.clear(),
    forget: () => {
      requests.length = 0;
      server.closeIdleConnections();
    },
    count: (match) => requests.filter((request) => matches(match, request)).length,
    received(match, n = 1) {
      const found = nth(requests, { match, n });
      if (found) return Promise.resolve(found);
      return new Promise((resolve) => waiters.add({ match, n, resolve }));
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function matches(match: RequestMatch, { line, headers }: RecordedRequest): boolean {
  // `search` ignores the state that a global expression keeps between calls.
  return typeof match === 'function' ? match(line, headers) : line.search(match) >= 0;
}

function nth(
  requests: readonly RecordedRequest[],
  { match, n }: Pick<Waiter, 'match' | 'n'>,
): RecordedRequest | undefined {
  return requests.filter((request) => matches(match, request))[n - 1];
}

function countedRule({ match, fault, from = 1, times = Number.POSITIVE_INFINITY }: FaultRule) {
  let seen = 0;
  const isDue = (request: RecordedRequest): boolean => {
    if (!matches(match, request)) return false;
    seen += 1;
    return seen >= from && seen < from + times;
  };
  return { fault, isDue };
}

function record(request: IncomingMessage, response: ServerResponse): RecordedRequest {
  const line = requestLine(request.method ?? '', request.url ?? '/');
  return { line, headers: request.headers, abandoned: abandonedOf(response) };
}

function abandonedOf(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', () => {
      if (!response.writableFinished) resolve();
    });
  });
}

function authorizationOf({ headers: { authorization } }: IncomingMessage): Record<string, string> {
  return authorization === undefined ? {} : { authorization };
}

function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  return { request, response, url: new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`) };
}

async function requestInit({ request }: Exchange): Promise<RequestInit> {
  const { consistencylevel } = request.headers;
  const headers = {
    ...authorizationOf(request),
    ...(typeof consistencylevel === 'string' ? { consistencylevel } : {}),
  };
  const { method = 'GET' } = request;
  if (method === 'GET' || method === 'HEAD') return { method, headers };
  const body = Buffer.concat(await request.toArray());
  return { method, headers: { ...headers, 'content-type': 'application/json' }, ...(body.length > 0 ? { body } : {}) };
}
