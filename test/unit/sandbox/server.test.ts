import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { createSandboxApp } from '../../../src/sandbox/app.ts';
import type { SandboxConnection } from '../../../src/sandbox/connections.ts';
import { generateTenant } from '../../../src/sandbox/generatedTenant.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.ts';

const { Request: ownRequest, Response: ownResponse } = globalThis;

describe('the sandbox server', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.close());

  function groupsUrl({ provider, endpoint, organization, partitionGlobalId, scope }: SandboxConnection): string {
    if (provider === 'uipath') return `${endpoint}/${organization}/identity_/api/Group/${partitionGlobalId}`;
    if (provider === 'entra') return `${endpoint}/v1.0/groups`;
    return `${endpoint}/v1.0/myorg/${scope === 'admin' ? 'admin/' : ''}groups?$top=100`;
  }

  it('serves the sample tenants to this machine, with a connection to each', async () => {
    assert.match(sandbox.origin, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(
      sandbox.connections.map(({ name }) => name),
      ['Contoso', 'Fabrikam', 'Northwind Automation', 'Contoso Directory'],
    );
    for (const connection of sandbox.connections) {
      const headers = { authorization: `Bearer ${connection.auth.accessToken}` };
      assert.equal((await fetch(groupsUrl(connection), { headers })).status, 200, connection.name);
    }
  });

  it('refuses the token of another tenant', async () => {
    const [contoso, fabrikam] = sandbox.connections;
    assert.ok(contoso && fabrikam);
    const headers = { authorization: `Bearer ${fabrikam.auth.accessToken}` };
    assert.equal((await fetch(groupsUrl(contoso), { headers })).status, 403);
  });

  it('logs requests, and no more than a thousand of them', async () => {
    await fetch(`${sandbox.origin}/contoso/v1.0/myorg/groups?%24top=7`);
    assert.equal(sandbox.requests.at(-1), 'GET /contoso/v1.0/myorg/groups?$top=7');
    for (let round = 0; round < 11; round++) {
      await Promise.all(Array.from({ length: 100 }, () => fetch(`${sandbox.origin}/nowhere`)));
    }
    assert.equal(sandbox.requests.length, 1000);
  });

  it('knows no other address and no other method', async () => {
    assert.equal((await fetch(`${sandbox.origin}/nowhere`)).status, 404);
    const [contoso] = sandbox.connections;
    assert.ok(contoso);
    const headers = { authorization: `Bearer ${contoso.auth.accessToken}` };
    assert.equal((await fetch(groupsUrl(contoso), { method: 'PUT', headers })).status, 405);
  });

  it('leaves the global Request and Response alone', () => {
    assert.deepEqual([globalThis.Request, globalThis.Response], [ownRequest, ownResponse]);
  });

  it('takes no two tenants with one path', () => {
    const tenant = generateTenant({ provider: 'powerbi', groups: 1, membersPerGroup: 1 });
    assert.throws(() => createSandboxApp([tenant, tenant]), /path "generated-powerbi-1"/);
  });

  it('takes its time where it is told to', async () => {
    const slow = createSandboxApp([], { latency: 30 });
    const start = performance.now();
    await slow.request('/nowhere');
    // A timer may fire a millisecond early, never much.
    assert.ok(performance.now() - start > 25);
  });

  it('rejects a port that is taken', async () => {
    await assert.rejects(startSandbox({ port: Number(new URL(sandbox.origin).port) }), { code: 'EADDRINUSE' });
  });

  it('closes although a client still waits for a reply, and closes twice', async () => {
    const other = await startSandbox({ tenants: [], latency: 3_600_000 });
    const waiting = assert.rejects(fetch(other.origin), TypeError);
    while (other.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([other.close(), other.close(), waiting]);
    const socket = connect(Number(new URL(other.origin).port), '127.0.0.1');
    const [error] = await new Promise<[Error]>((resolve) => socket.once('error', (...args) => resolve(args)));
    assert.match(error.message, /ECONNREFUSED/);
  });
});
