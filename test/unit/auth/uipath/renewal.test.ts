import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import { createMemorySecrets } from '../../../../src/auth/memorySecrets.ts';
import { type Core, startCore } from '../../../support/core.ts';
import {
  application,
  freePorts,
  type IdentityServer,
  person,
  startIdentityServer,
} from '../../../support/identityServer.ts';
import { atOnce } from '../../../support/signInByHand.ts';

const never = new AbortController().signal;
describe('a UiPath session', function () {
  this.timeout(30_000);
  let server: IdentityServer;
  let core: Core;
  let ports: number[];
  /** How much the computer's clock has gone on. */
  let passed = 0;
  const secrets = createMemorySecrets();
  const hour = 3_600_000;

  before(async () => {
    ports = await freePorts(1);
  });
  beforeEach(async () => {
    passed = 0;
    server = await startIdentityServer({ ports });
    core = start();
  });
  afterEach(async () => {
    await core.close();
    await server.close();
  });

  const start = (folder?: string) =>
    startCore({
      secrets,
      prompts: atOnce,
      redirectPorts: ports,
      now: () => Date.now() + passed,
      ...(folder === undefined ? {} : { folder }),
    });
  const connection = (origin = server.origin) => ({
    provider: 'uipath',
    name: 'Robots',
    endpoint: origin,
    auth: { method: 'oauth', clientId: person.clientId } as const,
  });
  async function signedIn(): Promise<string> {
    const id = await core.api.addTenant(connection());
    await core.tenants.signIn(id, never);
    return id;
  }
  const kept = async (id: string) => JSON.parse((await secrets.get(`tenant:${id}`)) ?? '{}') as Record<string, string>;

  it('loads with its token, and renews it before it ends, once for all who wait', async () => {
    const id = await signedIn();
    assert.equal((await core.api.loadAll(id)).state, 'complete');
    assert.deepEqual(server.grants, ['authorization_code']);
    const before = await kept(id);
    passed = hour - 60_000;
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => core.api.groups(id, { refresh: true })));
    assert.ok(all.every(({ completeness }) => completeness.state === 'complete'));
    assert.deepEqual(server.grants, ['authorization_code', 'refresh_token']);
    const after = await kept(id);
    assert.notEqual(after.refreshToken, before.refreshToken);
    assert.notEqual(after.accessToken, before.accessToken);
    passed = 2 * hour;
    await core.api.groups(id, { refresh: true });
    assert.equal(server.grants.at(-1), 'refresh_token');
  });

  it('that ends in the middle of a load is renewed once, and the load goes on', async () => {
    const id = await signedIn();
    await core.api.groups(id);
    // Ended for the service, not by the clock.
    const session = await kept(id);
    await secrets.set(`tenant:${id}`, JSON.stringify({ ...session, accessToken: 'refused' }));
    assert.equal((await core.api.loadAll(id, { refresh: true })).state, 'complete');
    assert.deepEqual(server.grants, ['authorization_code', 'refresh_token']);
  });

  it('that was revoked leaves the rows, and says to sign in', async () => {
    const id = await signedIn();
    await core.api.groups(id);
    const token = await server.oidc.RefreshToken.find((await kept(id)).refreshToken ?? '');
    await token?.destroy();
    passed = hour;
    const { items, completeness } = await core.api.groups(id, { refresh: true });
    assert.deepEqual([items.length, completeness.state, completeness.kind], [4, 'failed', 'notSignedIn']);
    assert.match(completeness.reason ?? '', /invalid_grant/);
    assert.deepEqual(server.grants, ['authorization_code', 'refresh_token refused']);
    await core.tenants.signIn(id, never);
    assert.equal((await core.api.groups(id, { refresh: true })).completeness.state, 'complete');
  });

  it('goes on while the sign-in service fails ahead of time, and tells so after its end', async () => {
    const id = await signedIn();
    const unavailable: IdentityServer['faults'][number] = (_, response) => void response.writeHead(503).end();
    server.faults.push(unavailable);
    passed = hour - 60_000;
    assert.equal((await core.api.groups(id, { refresh: true })).completeness.state, 'complete');
    server.faults.push(...Array.from({ length: 20 }, () => unavailable));
    passed = 2 * hour;
    const { completeness } = await core.api.groups(id, { refresh: true });
    assert.deepEqual([completeness.state, completeness.kind], ['failed', 'unavailable']);
    server.faults.length = 0;
    assert.equal((await core.api.groups(id, { refresh: true })).completeness.state, 'complete');
  });

  it('is renewed by one of two windows, and used by both', async () => {
    const id = await signedIn();
    const other = start(core.folder);
    passed = hour;
    await Promise.all([core, other].map((window) => window.api.groups(id, { refresh: true })));
    assert.deepEqual(server.grants, ['authorization_code', 'refresh_token']);
    await other.tenants.signOut(id);
    assert.equal((await core.api.groups(id, { refresh: true })).completeness.kind, 'notSignedIn');
    assert.equal(await secrets.get(`tenant:${id}`), undefined);
    await other.close();
  });

  it('is never sent to another address than it is of', async () => {
    const id = await signedIn();
    const elsewhere = await startIdentityServer({ ports });
    passed = hour;
    await core.tenants.edit(id, { endpoint: elsewhere.origin });
    assert.equal((await core.api.groups(id, { refresh: true })).completeness.kind, 'notSignedIn');
    assert.deepEqual(elsewhere.grants, []);
    await elsewhere.close();
  });

  it('of an application needs nobody, and no refresh token', async () => {
    const { clientId, clientSecret } = application;
    const auth = { method: 'clientCredentials', clientId, clientSecret } as const;
    const id = await core.api.addTenant({ ...connection(), auth });
    assert.equal((await core.api.loadAll(id)).state, 'complete');
    assert.deepEqual(server.grants, ['client_credentials']);
    passed = hour;
    await core.api.groups(id, { refresh: true });
    assert.deepEqual(server.grants, ['client_credentials', 'client_credentials']);
    const wrong = await core.api.addTenant({
      ...connection(),
      auth: { ...auth, clientSecret: 'another-one-than-it-has' },
    });
    const { completeness } = await core.api.groups(wrong);
    assert.deepEqual([completeness.state, completeness.kind], ['failed', 'notSignedIn']);
    assert.match(completeness.reason ?? '', /secret of the application is wrong/);
  });

  it('of an application without the scope for robots does without it', async () => {
    const registered = 'PM.Group.Read PM.User.Read';
    const modest = await startIdentityServer({ ports, registered });
    const { clientId, clientSecret } = application;
    const own = { method: 'clientCredentials', clientId, clientSecret } as const;
    for (const auth of [connection().auth, own]) {
      const id = await core.api.addTenant({ ...connection(modest.origin), auth });
      if (auth.method === 'oauth') await core.tenants.signIn(id, never);
      assert.equal((await core.api.groups(id)).completeness.state, 'complete');
    }
    assert.deepEqual(modest.grants, ['authorization_code', 'client_credentials refused', 'client_credentials']);
    await modest.close();
  });

  it('of an application without the other scopes is not begun', async () => {
    const modest = await startIdentityServer({ ports, registered: 'PM.User.Read' });
    const id = await core.api.addTenant(connection(modest.origin));
    await assert.rejects(core.tenants.signIn(id, never), /lacks a scope.*invalid_scope/);
    await modest.close();
  });

  for (const minutes of [-10, 10]) {
    it(`begins and goes on when the service's clock is ${minutes} minutes off`, async () => {
      const script = new URL('../../../support/shiftedIdentityServer.ts', import.meta.url);
      const worker = new Worker(script, { workerData: { shift: minutes * 60_000, ports } });
      const origin = await new Promise<string>((resolve, reject) => {
        worker.once('message', resolve).once('error', reject);
      });
      const id = await core.api.addTenant(connection(origin));
      await core.tenants.signIn(id, never);
      assert.equal((await core.api.groups(id)).completeness.state, 'complete');
      passed = hour;
      assert.equal((await core.api.groups(id, { refresh: true })).completeness.state, 'complete');
      await worker.terminate();
    });
  }
});
