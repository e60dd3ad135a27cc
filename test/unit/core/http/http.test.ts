import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import nodeFetch from 'node-fetch';
import { type AppError, type ErrorKind, isAppError } from '../../../../src/core/errors.ts';
import { createSend, errorOfReply, type HttpReply, type Transport } from '../../../../src/core/http/http.ts';

const timeouts = { connect: 10_000, idle: 30_000, admin: 60_000 };
const transports: Readonly<Record<string, Transport>> = {
  'node-fetch': nodeFetch,
  'the platform': (url, init) => fetch(url, init),
};
const never = new AbortController().signal;

function isKind(kind: ErrorKind, pattern = /./) {
  return (error: unknown) => isAppError(error, kind) && pattern.test(error.message);
}

for (const [name, transport] of Object.entries(transports)) {
  describe(`HTTP by ${name}`, () => {
    let server: http.Server;
    let origin: string;
    let answer: (request: http.IncomingMessage, response: http.ServerResponse) => void;
    let requests: http.IncomingHttpHeaders[];

    beforeEach(async () => {
      requests = [];
      server = http.createServer((request, response) => {
        requests.push(request.headers);
        answer(request, response);
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });

    afterEach(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });

    const get = (options: { signal?: AbortSignal; idle?: number; sizeCap?: number } = {}) =>
      createSend(
        async () => transport,
        () => ({ ...timeouts, ...(options.idle ? { idle: options.idle } : {}) }),
        options.sizeCap,
      )({ url: `${origin}/groups`, headers: { authorization: 'Bearer secret' } }, options.signal ?? never);

    it('gives status, headers and the whole body, whatever the status', async () => {
      answer = (_, response) => response.writeHead(429, { 'retry-after': '7' }).end('{"a":"ü"}');
      const reply = await get();
      assert.equal(reply.status, 429);
      assert.equal(reply.header('Retry-After'), '7');
      assert.equal(reply.header('nothing'), undefined);
      assert.equal(new TextDecoder().decode(reply.bytes), '{"a":"ü"}');
      assert.equal(requests[0]?.authorization, 'Bearer secret');
    });

    it('does not follow redirects', async () => {
      answer = (_, response) => response.writeHead(302, { location: `${origin}/elsewhere` }).end();
      assert.equal((await get()).status, 302);
      assert.equal(requests.length, 1);
    });

    it('tells a reset from a refusal to listen from a reply that is cut off', async () => {
      answer = (request) => request.socket.resetAndDestroy();
      await assert.rejects(get(), isKind('offline'));
      answer = (request, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"value":[');
        response.once('drain', () => undefined);
        setImmediate(() => request.socket.destroy());
      };
      await assert.rejects(get(), (error: unknown) => isAppError(error, 'badResponse') && error.isCutOff);
      const closed = http.createServer().listen(0, '127.0.0.1');
      await once(closed, 'listening');
      const { port } = closed.address() as AddressInfo;
      closed.close();
      await once(closed, 'close');
      const send = createSend(
        async () => transport,
        () => timeouts,
      );
      await assert.rejects(send({ url: `http://127.0.0.1:${port}/` }, never), isKind('offline', /refused/));
    });

    it('gives up on silence, before the headers and in the middle of the body', async () => {
      answer = () => undefined;
      await assert.rejects(get({ idle: 60 }), isKind('timeout'));
      answer = (_, response) => response.writeHead(200).write('{');
      await assert.rejects(get({ idle: 600 }), isKind('timeout', /^The service sent nothing for 1 second\.$/));
    });

    it('is as patient as a slow service keeps sending', async () => {
      answer = (_, response) => {
        let sent = 0;
        const timer = setInterval(() => {
          sent += 1;
          response.write('x');
          if (sent === 6) {
            clearInterval(timer);
            response.end();
          }
        }, 40);
      };
      assert.equal((await get({ idle: 150 })).bytes.byteLength, 6);
    });

    it('stops reading at the size cap', async () => {
      answer = (_, response) => response.end('x'.repeat(5000));
      await assert.rejects(
        get({ sizeCap: 1000 }),
        (error: unknown) => isAppError(error, 'badResponse') && !error.isCutOff,
      );
      assert.equal((await get({ sizeCap: 5000 })).bytes.byteLength, 5000);
    });

    it('is cancelled at once, before and while it runs', async () => {
      await assert.rejects(get({ signal: AbortSignal.abort() }), isKind('cancelled'));
      const controller = new AbortController();
      answer = () => controller.abort();
      await assert.rejects(get({ signal: controller.signal }), isKind('cancelled'));
      answer = (_, response) => {
        response.writeHead(200).write('{');
        setImmediate(() => second.abort());
      };
      const second = new AbortController();
      await assert.rejects(get({ signal: second.signal }), isKind('cancelled'));
    });
  });
}

describe('HTTP', () => {
  it('gives up on a connection that does not come about', async () => {
    const agent = new http.Agent();
    agent.createConnection = () => Object.assign(new net.Socket(), { connecting: true });
    const send = createSend(
      async () => (url, init) => nodeFetch(url, { ...init, agent }),
      () => ({ ...timeouts, connect: 50 }),
    );
    await assert.rejects(send({ url: 'http://127.0.0.1:9/' }, never), isKind('timeout', /connection/));
  });

  it('gives up on a connection of the platform that does not come about, and keeps to its own request', async () => {
    // It takes what comes and says nothing, so TLS never stands.
    const silent = net.createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const send = createSend(
      async () => (url, init) => fetch(url, init),
      () => ({ ...timeouts, connect: 50 }),
    );
    const url = `https://127.0.0.1:${port}/groups`;
    await Promise.all([1, 2].map(() => assert.rejects(send({ url }, never), isKind('timeout', /connection/))));
    const slow = http.createServer((_, response) => setTimeout(() => response.end('{}'), 150)).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const reply = await send({ url: `http://127.0.0.1:${(slow.address() as AddressInfo).port}/groups?a=b` }, never);
    assert.equal(reply.status, 200);
    for (const server of [silent, slow]) server.close();
    slow.closeAllConnections();
  });

  it('turns statuses into kinds', () => {
    const kinds: Readonly<Record<number, ErrorKind | undefined>> = {
      200: undefined,
      204: undefined,
      301: 'badResponse',
      302: 'badResponse',
      400: 'invalid',
      401: 'notSignedIn',
      403: 'forbidden',
      404: 'notFound',
      405: 'invalid',
      408: 'unavailable',
      409: 'conflict',
      422: 'invalid',
      429: 'throttled',
      500: 'unavailable',
      502: 'unavailable',
      503: 'unavailable',
      504: 'unavailable',
    };
    for (const [status, kind] of Object.entries(kinds)) {
      assert.equal(errorOfReply(replyOf(Number(status)), {}, new Date())?.kind, kind, status);
    }
  });

  it('lets a service say what it means, in its own words', () => {
    const rules = { refineKind: () => 'notSignedIn' as const, errorMessage: () => 'Your token is old.' };
    const error = errorOfReply(replyOf(403), rules, new Date()) as AppError;
    assert.equal(error.kind, 'notSignedIn');
    assert.match(error.message, /403.*Your token is old\./);
  });
});

function replyOf(status: number): HttpReply {
  return { status, header: () => undefined, bytes: new Uint8Array() };
}
