import assert from 'node:assert/strict';
import type { TenantConnection } from '../../../../src/core/model.ts';
import { type Core, memorySecrets, startCore } from '../../../support/core.ts';
import {
  ana,
  ben,
  clientId,
  contoso,
  type EntraServer,
  fabrikam,
  person,
  startEntra,
  tailspin,
} from '../../../support/entra.ts';
import { never } from './stage.ts';

describe('a tenant with a Microsoft account', function () {
  this.timeout(30_000);
  let server: EntraServer;
  let core: Core;
  let secrets: ReturnType<typeof memorySecrets>;
  /** Who signs in next. */
  let who: string;
  /** What is to be done at each request to Power BI. */
  let onRequest: () => void;

  beforeEach(async () => {
    onRequest = () => undefined;
    server = await startEntra({}, { workspaces: 6000, onRequest: () => onRequest() });
    secrets = memorySecrets();
    who = ana.userName;
    core = startCore({
      secrets,
      send: server.send,
      prompts: {
        ...person(server, ''),
        openBrowser: (url) => person(server, who).openBrowser(url),
      },
    });
  });
  afterEach(async () => {
    await core.close();
    await server.close();
  });

  const connection = (more: Partial<TenantConnection> = {}): TenantConnection => ({
    provider: 'powerbi',
    name: 'Contoso',
    endpoint: `${server.sandbox.origin}/contoso`,
    directoryId: contoso.id,
    auth: { method: 'interactive', clientId },
    ...more,
  });
  async function signedIn(more: Partial<TenantConnection> = {}): Promise<string> {
    const id = await core.api.addTenant(connection(more));
    await core.tenants.signIn(id, never);
    return id;
  }
  const held = async ({ objectId }: typeof ana) => {
    const text = await secrets.get(`msal:public:${clientId}:${objectId}.${contoso.id}`);
    return text !== undefined;
  };
  const accounts = async () => (await core.api.tenants()).map(({ account }) => account);
  const refreshes = () => server.sent.filter(({ body }) => body?.includes('grant_type=refresh_token')).length;

  it('keeps nothing of an account when another one signs in in its place', async () => {
    const id = await signedIn();
    assert.deepEqual([await held(ana), await held({ ...ana, ...ben })], [true, false]);
    who = ben.userName;
    await core.tenants.signIn(id, never);
    assert.deepEqual(await accounts(), [ben.userName]);
    assert.deepEqual([await held(ana), await held({ ...ana, ...ben })], [false, true]);
    assert.equal((await core.api.groups(id)).completeness.state, 'complete');
  });

  it('keeps what another tenant of the account needs, and all when the same one signs in again', async () => {
    const id = await signedIn();
    const other = await signedIn({ endpoint: `${server.sandbox.origin}/fabrikam`, directoryId: fabrikam.id });
    await core.tenants.signIn(id, never);
    assert.equal(await held(ana), true);
    who = ben.userName;
    await core.tenants.signIn(id, never);
    assert.equal(await held(ana), true);
    assert.equal((await core.api.groups(other)).completeness.state, 'complete');
  });

  it('keeps nothing of its account when it moves to another cloud', async () => {
    const id = await signedIn();
    await core.tenants.edit(id, { name: 'Renamed' });
    assert.equal(await held(ana), true);
    await core.tenants.edit(id, { endpoint: 'https://api.powerbi.cn' });
    assert.equal(await held(ana), false);
  });

  it('asks nothing of the directories of its account that were not chosen', async () => {
    const { directoryId: _, ...anyDirectory } = connection();
    const draft = await core.tenants.begin(anyDirectory);
    await draft.signIn(never);
    const listed = await draft.directories(never);
    assert.deepEqual(
      listed?.map(({ id }) => id),
      [contoso.id, fabrikam.id, tailspin.id],
    );
    const [id = ''] = await draft.keep([{ directoryId: contoso.id }]);
    server.entra.expireAccessTokens();
    assert.equal((await core.api.groups(id)).completeness.state, 'complete');
    const addresses = [...server.sent.map(({ url }) => url), ...server.sandbox.requests];
    assert.ok(addresses.some((address) => address.includes(contoso.id)));
    for (const { id: other, name } of [fabrikam, tailspin]) {
      const asked = addresses.filter(
        (address) => address.includes(other) || address.includes(`/${name.toLowerCase()}/`),
      );
      assert.deepEqual(asked, []);
    }
  });

  it('is asked for more claims in the middle, and loads on where they are met silently', async () => {
    const id = await signedIn();
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    server.entra.demand(contoso.id, claims, true);
    const { items, completeness } = await core.api.groups(id);
    assert.deepEqual([items.length, completeness.state], [6000, 'complete']);
    assert.equal(refreshes(), 1);
    assert.ok(server.sent.some(({ body }) => new URLSearchParams(body).get('claims')?.includes('"c1"')));
  });

  it('whose token ends between two pages loads on with another one', async () => {
    const id = await signedIn();
    let requests = 0;
    onRequest = () => {
      requests += 1;
      // The first page was served; the token that came for it is good for nothing from now on.
      if (requests === 2) server.entra.expireAccessTokens();
    };
    const { items, completeness } = await core.api.groups(id);
    assert.deepEqual([items.length, completeness.state], [6000, 'complete']);
    assert.equal(refreshes(), 1);
    // The first page is not asked for again.
    const pages = server.sandbox.requests.filter((line) => line.includes('/groups?'));
    assert.deepEqual(
      pages.map((line) => /\$skip=(\d+)/.exec(decodeURIComponent(line))?.[1]),
      ['0', '5000', '5000', '6000'],
    );
  });
});
