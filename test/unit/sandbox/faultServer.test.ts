import assert from 'node:assert/strict';
import { get } from 'node:http';
import { generateTenant } from '../../../src/sandbox/generatedTenant.ts';
import { type FaultRule, type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import * as faults from '../../support/faults.ts';

interface Reply {
  value: { name: string }[];
}

const powerBI = generateTenant({ provider: 'powerbi', groups: 20, membersPerGroup: 2, name: 'P' });
const uiPath = generateTenant({ provider: 'uipath', groups: 2, membersPerGroup: 2, people: 40, name: 'U' });
const headers = { authorization: `Bearer ${powerBI.accessToken}` };

describe('the fault server', () => {
  let server: FaultServer;
  let url: string;
  beforeEach(async () => {
    server = await startFaultServer({ tenants: [powerBI, uiPath] });
    url = `${server.origin}/p/v1.0/myorg/groups?$top=10`;
  });
  afterEach(() => server.close());

  const ask = (signal?: AbortSignal) => fetch(url, { headers, redirect: 'manual', ...(signal ? { signal } : {}) });
  const always = (fault: FaultRule['fault']) => server.add({ match: /groups/, fault });

  it('is the sandbox as long as there is no rule', async () => {
    assert.equal(((await (await ask()).json()) as Reply).value.length, 10);
    assert.deepEqual(
      server.connections.map(({ name }) => name),
      ['P', 'U'],
    );
  });

  it('applies a rule to the requests that it is for', async () => {
    server.add({ match: /\$top=10/, fault: faults.status(500), from: 2, times: 2 });
    server.add({
      match: (line, { accept }) => accept === 'text/css' && line.startsWith('GET '),
      fault: faults.status(418),
    });
    const codes: number[] = [];
    for (let n = 0; n < 4; n++) codes.push((await ask()).status);
    assert.deepEqual(codes, [200, 500, 500, 200]);
    assert.equal((await fetch(url, { headers: { ...headers, accept: 'text/css' } })).status, 418);
  });

  it('forgets a rule, or all', async () => {
    const remove = always(faults.status(500));
    remove();
    assert.equal((await ask()).status, 200);
    always(faults.status(500));
    server.heal();
    assert.equal((await ask()).status, 200);
  });

  it('answers with a status, headers and a body', async () => {
    always(faults.status(503, { headers: { 'x-reason': 'rest' }, body: { message: 'later' } }));
    const reply = await ask();
    assert.deepEqual([reply.status, reply.headers.get('x-reason')], [503, 'rest']);
    assert.deepEqual(await reply.json(), { message: 'later' });
  });

  const waits: [number | Date | string | undefined, string | null][] = [
    [7, '7'],
    [new Date(Date.UTC(2030, 0, 2)), 'Wed, 02 Jan 2030 00:00:00 GMT'],
    ['soon', 'soon'],
    [undefined, null],
  ];
  for (const [wait, header] of waits) {
    it(`throttles, to be retried after ${header ?? 'nothing'}`, async () => {
      always(faults.throttle(wait));
      const reply = await ask();
      assert.deepEqual([reply.status, reply.headers.get('retry-after')], [429, header]);
    });
  }

  it('answers with HTML', async () => {
    always(faults.html());
    await assert.rejects(async () => (await ask()).json(), SyntaxError);
  });

  it('cuts JSON off in a whole reply', async () => {
    always(faults.cutJson());
    const reply = await ask();
    const text = await reply.text();
    assert.equal(reply.headers.get('content-length'), String(Buffer.byteLength(text)));
    assert.throws(() => JSON.parse(text), SyntaxError);
  });

  it('cuts the connection in the middle of a body', async () => {
    always(faults.cutConnection());
    const received = await new Promise<{ length: number; announced: number; code: unknown }>((resolve) => {
      get(url, { headers }, (reply) => {
        let length = 0;
        reply.on('data', (chunk: Buffer) => {
          length += chunk.length;
        });
        const announced = Number(reply.headers['content-length']);
        reply.on('error', (error: NodeJS.ErrnoException) => resolve({ length, announced, code: error.code }));
      });
    });
    assert.deepEqual(received, { ...received, length: Math.floor(received.announced / 2), code: 'ECONNRESET' });
  });

  it('resets the connection', async () => {
    always(faults.reset());
    const error: unknown = await ask().catch((reason: unknown) => reason);
    assert.ok(error instanceof TypeError);
    assert.equal((error.cause as NodeJS.ErrnoException).code, 'ECONNRESET');
  });

  it('is silent, knows when the client has given up, and can be closed', async () => {
    always(faults.silence());
    const controller = new AbortController();
    const given = assert.rejects(ask(controller.signal), { name: 'AbortError' });
    const request = await server.received(/groups/);
    controller.abort();
    await Promise.all([given, request.abandoned]);
    const second = assert.rejects(ask(), TypeError);
    await server.received(/groups/, 2);
    await Promise.all([server.close(), second]);
  });

  it('redirects to another host, and records what a client sends there', async () => {
    const other = await startFaultServer({ tenants: [powerBI] });
    try {
      always(faults.redirect(`${other.origin}/p/elsewhere`));
      const reply = await ask();
      assert.deepEqual([reply.status, reply.headers.get('location')], [302, `${other.origin}/p/elsewhere`]);
      await fetch(url, { headers });
      assert.deepEqual(
        other.requests.map(({ line }) => line),
        ['GET /p/elsewhere'],
      );
      assert.equal(other.requests[0]?.headers.authorization, undefined);
      assert.equal(server.requests[0]?.headers.authorization, headers.authorization);
    } finally {
      await other.close();
    }
  });

  it('patches JSON', async () => {
    always(faults.json((body) => ({ ...(body as Reply), value: null })));
    assert.equal(((await (await ask()).json()) as Reply).value, null);
  });

  it('caps pages and ignores the position, one on top of the other', async () => {
    always(faults.pageCap(3));
    always(faults.ignoreSkip());
    url += '&$skip=5';
    const { value } = (await (await ask()).json()) as Reply;
    assert.deepEqual(
      value.map(({ name }) => name),
      ['Workspace 1', 'Workspace 2', 'Workspace 3'],
    );
    const [, connection] = server.connections;
    server.add({ match: /User/, fault: faults.pageCap(4) });
    const users = await fetch(
      `${connection?.endpoint}/identity_/api/User/users/${connection?.partitionGlobalId}?top=9`,
      {
        headers: { authorization: `Bearer ${uiPath.accessToken}` },
      },
    );
    assert.equal(((await users.json()) as { results: unknown[] }).results.length, 4);
  });

  it('holds requests until they are released', async () => {
    const gate = faults.hold();
    always(gate.fault);
    let isAnswered = false;
    const reply = ask().then(({ status }) => {
      isAnswered = true;
      return status;
    });
    await gate.reached;
    assert.equal(isAnswered, false);
    gate.release();
    assert.equal(await reply, 200);
    assert.equal((await ask()).status, 200);
  });

  it('counts requests', async () => {
    await Promise.all([ask(), ask(), fetch(server.origin)]);
    assert.deepEqual([server.count(/groups/g), server.count(/groups/g), server.requests.length], [2, 2, 3]);
  });

  it('tells of a fault that fails itself', async () => {
    always(faults.json(() => assert.fail('a mistake in the test')));
    const reply = await ask();
    assert.equal(reply.status, 599);
    assert.match(await reply.text(), /a mistake in the test/);
  });
});
