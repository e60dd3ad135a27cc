import assert from 'node:assert/strict';
import { plainPowerBI } from '../../contract/tenants.ts';
import { type Core, memorySecrets, startCore } from '../../support/core.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const accessToken = `${encode({ alg: 'none' })}.${encode({ upn: 'ana@contoso.example' })}.x`;

describe('a session', () => {
  const secrets = memorySecrets();
  let core: Core;
  let other: Core;
  let server: FaultServer;
  let id: string;

  beforeEach(async () => {
    core = startCore({ secrets });
    other = startCore({ secrets, folder: core.folder });
    server = await startFaultServer({ tenants: [{ ...plainPowerBI(3, 2), accessToken }] });
    const [connection] = server.connections;
    assert.ok(connection);
    id = await core.api.addTenant(connection);
  });
  afterEach(async () => {
    await other.close();
    await core.close();
    await server.close();
  });

  it('names the account that a token is of', async () => {
    assert.deepEqual(
      (await core.api.tenants()).map(({ account }) => account),
      ['ana@contoso.example'],
    );
  });

  it('names the application that signs in by itself', async () => {
    const auth = { method: 'clientCredentials', clientId: 'an-app', clientSecret: 'a-secret' } as const;
    const connection = { provider: 'uipath', name: 'Robots', organization: 'robots', auth };
    const added = await core.api.addTenant(connection);
    const account = async () => (await core.api.tenants()).find((tenant) => tenant.id === added)?.account;
    assert.equal(await account(), 'an-app');
    await core.tenants.edit(added, { auth: { ...auth, clientId: 'another-app' } });
    assert.equal(await account(), 'another-app');
  });

  it('that is ended leaves the rows, and no secret, in every window', async () => {
    await other.api.groups(id);
    await core.tenants.signOut(id);
    assert.equal(await secrets.get(`tenant:${id}`), undefined);
    const sent = server.requests.length;
    for (const window of [core, other]) {
      const { items, completeness } = await window.api.groups(id, { refresh: true });
      assert.deepEqual([items.length, completeness.state, completeness.kind], [3, 'failed', 'notSignedIn']);
      assert.deepEqual(
        (await window.api.tenants()).map(({ account }) => account),
        [undefined],
      );
    }
    assert.equal(server.requests.length, sent);
  });

  it('that is ended is not used although its secret cannot be removed', async () => {
    const stubborn = startCore({
      folder: core.folder,
      secrets: { ...secrets, delete: () => Promise.reject(new Error()) },
    });
    await stubborn.tenants.signOut(id);
    assert.ok(await secrets.get(`tenant:${id}`));
    assert.equal((await other.api.groups(id)).completeness.kind, 'notSignedIn');
    await stubborn.close();
  });

  it('begins again with a new token', async () => {
    await core.tenants.signOut(id);
    await core.tenants.edit(id, { auth: { method: 'accessToken', accessToken } });
    assert.equal((await other.api.groups(id, { refresh: true })).completeness.state, 'complete');
  });

  it('that was begun and discarded leaves nothing behind', async () => {
    const writes: string[] = [];
    const watched = startCore({
      folder: core.folder,
      secrets: { ...secrets, set: async (key) => void writes.push(key) },
    });
    const [connection] = server.connections;
    assert.ok(connection);
    const draft = await watched.tenants.begin(connection);
    await draft.tryOut(new AbortController().signal);
    await draft.discard();
    assert.deepEqual(writes, []);
    assert.equal((await watched.api.tenants()).length, 1);
    await watched.close();
  });
});
