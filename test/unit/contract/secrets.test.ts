import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import type { SandboxTenant } from '../../../src/sandbox/tenant.ts';
import { echoes } from '../../contract/echo.ts';
import { lines } from '../../contract/lines.ts';
import { plainPowerBI, plainUiPath } from '../../contract/tenants.ts';
import { type Core, memorySecrets, startCore } from '../../support/core.ts';
import type { Fault } from '../../support/fault.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { redirect, status } from '../../support/faults.ts';
import { quickPause } from '../../support/quickPause.ts';

const canary = `canary${'0123456789abcdef'.repeat(8)}`;
const isTold = /canary|0123456789abcdef/;

describe('a token', () => {
  let core: Core;
  let log: string[];
  const secrets = memorySecrets();
  const servers: FaultServer[] = [];

  beforeEach(() => {
    log = [];
    const write = (...told: unknown[]) => {
      log.push(format(...told));
    };
    core = startCore({
      secrets,
      log: { debug: write, info: write, warn: write, error: write },
      pause: quickPause,
    });
  });
  afterEach(async () => {
    await core.close();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function serve(tenant: SandboxTenant): Promise<{ server: FaultServer; tenantId: string }> {
    const server = await startFaultServer({ tenants: [{ ...tenant, accessToken: canary }] });
    servers.push(server);
    const [connection] = server.connections;
    assert.ok(connection);
    return { server, tenantId: await core.api.addTenant(connection) };
  }

  /** The bytes of everything in the folder of the store: the database, its log, its index. */
  function assertNotOnDisk(tenantName: string): void {
    const names = readdirSync(core.folder, { recursive: true, encoding: 'utf8' });
    assert.ok(names.includes('tenants.sqlite') && names.includes('tenants.sqlite-wal'), String(names));
    const contents = names.map((name) => readFileSync(join(core.folder, name), 'latin1'));
    for (const [index, content] of contents.entries()) assert.doesNotMatch(content, isTold, names[index]);
    assert.ok(contents.join('').includes(tenantName), 'the store is not looked at');
  }

  it('stands in SecretStorage alone, and is gone with its tenant', async () => {
    for (const tenant of [plainPowerBI(3, 2), plainPowerBI(3, 2, 'admin'), plainUiPath(3, 2, 'null')]) {
      const { server, tenantId } = await serve(tenant);
      assert.equal((await core.api.loadAll(tenantId)).state, 'complete');
      assert.match((await secrets.get(`tenant:${tenantId}`)) ?? '', isTold);
      assertNotOnDisk(tenant.name);
      for (const { line } of server.requests) assert.doesNotMatch(line, isTold);
      await core.api.removeTenant(tenantId);
      assert.equal(await secrets.get(`tenant:${tenantId}`), undefined);
    }
    assert.ok(log.length > 0);
    assert.doesNotMatch(log.join('\n'), isTold);
  });

  for (const [where, fault] of Object.entries(echoes)) {
    it(`is not told when a service repeats it ${where}`, async () => {
      for (const tenant of [plainPowerBI(2), plainUiPath(2, 2, 'null')]) {
        const { server, tenantId } = await serve(tenant);
        server.add({ match: lines.anything, fault });
        const { completeness } = await core.api.groups(tenantId);
        assert.notEqual(completeness.state, 'complete');
        assert.ok(completeness.reason);
        assert.doesNotMatch(inspect(await core.api.loadAll(tenantId, { refresh: true })), isTold);
        assert.doesNotMatch(inspect(completeness), isTold);
        const [connection] = server.connections;
        assert.ok(connection);
        assertNotOnDisk(tenant.name);
        const draft = await core.tenants.begin(connection);
        await assert.rejects(draft.tryOut(new AbortController().signal), (error) => {
          assert.doesNotMatch(inspect(error, { depth: 9 }), isTold);
          return true;
        });
      }
      assert.doesNotMatch(log.join('\n'), isTold);
    });
  }

  it('is not told of requests that were not even sent, because those before them failed', async () => {
    const tenant = plainPowerBI(40);
    const { server, tenantId } = await serve(tenant);
    const fault: Fault = async ({ request }) =>
      Response.json({ error: { message: `Busy: ${request.headers.authorization}` } }, { status: 503 });
    server.add({ match: /users/, fault });
    await core.api.loadAll(tenantId);
    const listings = core.store.reader.groups(tenantId, { offset: 0, limit: 40 }).map(({ members }) => members);
    assert.ok(listings.some(({ reason = '' }) => /nothing is sent/.test(reason)));
    assert.doesNotMatch(inspect(listings), isTold);
    assertNotOnDisk(tenant.name);
    assert.doesNotMatch(log.join('\n'), isTold);
  });

  it('does not follow a redirect, to whichever host', async () => {
    const elsewhere = await startFaultServer({ tenants: [plainPowerBI(1)] });
    servers.push(elsewhere);
    for (const code of [301, 302, 303, 307, 308]) {
      const { server, tenantId } = await serve(plainPowerBI(1));
      const location = `${elsewhere.origin.replace('127.0.0.1', 'localhost')}/anything`;
      server.add({ match: lines.anything, fault: redirect(location, code) });
      const { items, completeness } = await core.api.groups(tenantId);
      assert.deepEqual([items, completeness.state, completeness.kind], [[], 'failed', 'badResponse']);
      assert.equal(server.requests.length, 1);
    }
    assert.equal(elsewhere.requests.length, 0);
  });

  it('is asked for once more when the service refuses it, in case another window has replaced it', async () => {
    const { server, tenantId } = await serve(plainPowerBI(2));
    await core.api.groups(tenantId);
    const [connection] = server.connections;
    assert.ok(connection);
    server.add({ match: (_, { authorization }) => authorization !== 'Bearer renewed', fault: status(403) });
    server.add({ match: lines.anything, fault: async () => Response.json({ value: [] }) });
    const silent = { ...secrets, onDidChange: () => ({ dispose: () => undefined }) };
    const late = startCore({ folder: core.folder, secrets: silent });
    assert.equal((await late.api.groups(tenantId, { refresh: true })).completeness.kind, 'notSignedIn');
    await silent.set(`tenant:${tenantId}`, JSON.stringify({ accessToken: 'renewed' }));
    const before = server.requests.length;
    assert.equal((await late.api.groups(tenantId, { refresh: true })).completeness.state, 'complete');
    assert.equal(server.requests.length, before + 2);
    await late.close();
  });

  it('that vanished means to sign in again', async () => {
    const { server, tenantId } = await serve(plainPowerBI(2));
    await secrets.delete(`tenant:${tenantId}`);
    const { completeness } = await core.api.groups(tenantId);
    assert.deepEqual([completeness.state, completeness.kind], ['failed', 'notSignedIn']);
    assert.equal(server.requests.length, 0);
  });
});
