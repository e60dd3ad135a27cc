import assert from 'node:assert/strict';
import type { SignInTenant } from '../../../../src/auth/signIn.ts';
import { AppError } from '../../../../src/core/errors.ts';
import {
  ana,
  ben,
  contoso,
  type EntraServer,
  entraTenant,
  fabrikam,
  person,
  powerBIResource,
  startEntra,
} from '../../../support/entra.ts';
import { isKind, never, type Stage, stage } from './stage.ts';

describe('tokens of a Microsoft account', () => {
  let server: EntraServer;
  let window: Stage;
  beforeEach(async () => {
    server = await startEntra();
    window = stage(server);
  });
  afterEach(async () => {
    await server.close();
  });

  async function signedIn(tenant: SignInTenant, userName: string, at = window): Promise<SignInTenant> {
    const accountId = (await at.interactive.signIn?.(tenant, person(server, userName), never))?.accountId;
    assert.ok(accountId);
    const known = { ...tenant, accountId };
    at.tenants.push(known);
    return known;
  }

  const refreshes = () => server.sent.filter(({ body }) => body?.includes('grant_type=refresh_token'));

  it('are needed of a person before there is one', async () => {
    await assert.rejects(window.interactive.token(entraTenant('contoso')), isKind('notSignedIn'));
    assert.equal(server.sent.length, 0);
  });

  it('come from what is held, in another window and after a restart too', async () => {
    const tenant = await signedIn(entraTenant('contoso'), ana.userName);
    const before = server.sent.length;
    const token = await window.interactive.token(tenant);
    assert.equal(await window.interactive.token(tenant), token);
    const other = stage(server, { secrets: window.secrets });
    assert.equal(await other.interactive.token(tenant), token);
    assert.equal(server.sent.length, before);
  });

  it('are renewed some minutes before they end', async () => {
    await server.close();
    server = await startEntra({ tokenLifetime: 200 });
    window = stage(server);
    const tenant = await signedIn(entraTenant('contoso'), ana.userName);
    assert.equal(refreshes().length, 0);
    await window.interactive.token(tenant);
    assert.equal(refreshes().length, 1);
  });

  it('that the service refuses are renewed once for all who wait', async () => {
    const tenant = await signedIn(entraTenant('contoso'), ana.userName);
    const token = await window.interactive.token(tenant);
    server.entra.expireAccessTokens();
    const renewed = await Promise.all(Array.from({ length: 8 }, () => window.interactive.token(tenant, { token })));
    assert.equal(new Set(renewed).size, 1);
    assert.notEqual(renewed[0], token);
    assert.equal(refreshes().length, 1);
    assert.equal(await window.interactive.token(tenant), renewed[0]);
  });

  it('end with the session, in the service’s own words', async () => {
    const tenant = await signedIn(entraTenant('contoso'), ana.userName);
    const token = await window.interactive.token(tenant);
    server.entra.revoke(ana.userName);
    await assert.rejects(
      window.interactive.token(tenant, { token }),
      isKind('notSignedIn', /AADSTS50173: The provided/),
    );
    // What Microsoft will never take again is not sent again.
    await assert.rejects(window.interactive.token(tenant, { token }), isKind('notSignedIn'));
    assert.equal(refreshes().length, 1);
  });

  it('stay good when the sign-in service cannot be reached for a renewal', async () => {
    const tenant = await signedIn(entraTenant('contoso'), ana.userName);
    const token = await window.interactive.token(tenant);
    const cut = stage(server, {
      secrets: window.secrets,
      send: () => Promise.reject(new AppError('offline', 'The connection was refused.')),
    });
    await assert.rejects(cut.interactive.token(tenant, { token }), isKind('offline'));
    assert.notEqual(await window.interactive.token(tenant, { token }), token);
  });

  it('of one account in two directories come from one sign-in', async () => {
    const home = await signedIn(entraTenant('contoso'), ana.userName);
    const guest = { ...entraTenant('fabrikam', { directoryId: fabrikam.domain }), accountId: home.accountId ?? '' };
    const token = await window.interactive.token(guest);
    assert.equal(server.entra.grantOf(token)?.directory.id, fabrikam.id);
    assert.notEqual(await window.interactive.token(home), token);
    const before = server.sent.length;
    const later = stage(server, { secrets: window.secrets });
    assert.equal(await later.interactive.token(guest), token, 'the domain is known by its id from then on');
    assert.equal(server.sent.length, before);
    const nowhere = { ...entraTenant('nowhere', { directoryId: 'nowhere.example' }), accountId: home.accountId ?? '' };
    await assert.rejects(window.interactive.token(nowhere), isKind('notSignedIn', /AADSTS50020/));
  });

  it('of two accounts in one directory are kept apart', async () => {
    const anas = await signedIn(entraTenant('one'), ana.userName);
    const bens = await signedIn(entraTenant('two'), ben.userName);
    const whose = async (tenant: SignInTenant) =>
      server.entra.grantOf(await window.interactive.token(tenant))?.account?.userName;
    assert.deepEqual([await whose(anas), await whose(bens)], [ana.userName, ben.userName]);
    await window.interactive.signOut(anas);
    await assert.rejects(whose(anas), isKind('notSignedIn'));
    assert.equal(await whose(bens), ben.userName);
  });

  it('of an account without a directory are for its home', async () => {
    const { directoryId: _, ...connection } = entraTenant('home').connection;
    const tenant = await signedIn({ ...entraTenant('home'), connection }, ana.userName);
    assert.equal(server.entra.grantOf(await window.interactive.token(tenant))?.directory.id, contoso.id);
  });

  it('are gone after signing out, in every window', async () => {
    const tenant = await signedIn(entraTenant('contoso'), ana.userName);
    const other = stage(server, { secrets: window.secrets });
    await other.interactive.token(tenant);
    await window.interactive.signOut(tenant);
    for (const { interactive } of [window, other]) {
      await assert.rejects(interactive.token(tenant), isKind('notSignedIn'));
    }
    assert.equal(await window.secrets.get(keyOf(tenant)), undefined);
    await signedIn(tenant, ana.userName);
    await other.interactive.token(tenant);
  });

  it('stay while another tenant uses the account', async () => {
    const home = await signedIn(entraTenant('contoso'), ana.userName);
    const guest = { ...entraTenant('fabrikam', { directoryId: fabrikam.domain }), accountId: home.accountId ?? '' };
    window.tenants.push(guest);
    const token = await window.interactive.token(guest);
    await window.interactive.signOut(home);
    assert.equal(await window.interactive.token(guest), token);
    assert.doesNotMatch((await window.secrets.get(keyOf(home))) ?? '', new RegExp(`accesstoken[^"]*${contoso.id}`));
  });

  it('that a service wants more of are renewed with its claims, or a person must sign in with them', async () => {
    const tenant = await signedIn(entraTenant('contoso'), ana.userName);
    const token = await window.interactive.token(tenant);
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    server.entra.demand(contoso.id, claims, true);
    const renewed = await window.interactive.token(tenant, { token, claims });
    assert.equal(server.entra.grantOf(renewed)?.claims, claims);

    const stricter = claims.replace('c1', 'c2');
    server.entra.demand(contoso.id, stricter);
    await assert.rejects(
      window.interactive.token(tenant, { token: renewed, claims: stricter }),
      isKind('notSignedIn', /AADSTS50076/),
    );
    await window.interactive.signIn?.(tenant, person(server, ana.userName), never);
    assert.equal(server.entra.grantOf(await window.interactive.token(tenant))?.claims, stricter);
    const authorize = server.sandbox.requests.filter((line) => /^GET .*\/authorize\?/.test(line));
    assert.deepEqual(
      authorize.map((line) => decodeURIComponent(line).includes('"c2"')),
      [false, true],
    );
  });

  it('that nobody has consented to are asked for by what is needed', async () => {
    const apps = [{ clientId: entraTenant('x').connection.clientId ?? '', unconsented: [powerBIResource] }];
    const tenant = await signedIn(entraTenant('contoso'), ana.userName);
    const token = await window.interactive.token(tenant);
    const strict = await startEntra({ apps });
    const refusing = stage(strict, { secrets: window.secrets });
    for (const [old, grant] of server.entra.refreshTokens) {
      const [app] = apps;
      assert.ok(app);
      strict.entra.refreshTokens.set(old, { ...grant, app });
    }
    const isTold = /consent.*: Workspace\.Read\.All\..*AADSTS65001/;
    await assert.rejects(refusing.interactive.token(tenant, { token }), isKind('notSignedIn', isTold));
    await assert.rejects(
      async () => refusing.interactive.signIn?.(tenant, person(strict, ana.userName), never),
      isKind('forbidden', /administrator.*AADSTS90094/),
    );
    await strict.close();
  });

  it('do not come for a service that takes others', async () => {
    const tenant = { ...entraTenant('x'), provider: 'uipath', accountId: 'a.b' };
    await assert.rejects(window.interactive.token(tenant), isKind('invalid', /UiPath/));
  });
});

function keyOf({ accountId, connection }: SignInTenant): string {
  return `msal:public:${connection.clientId}:${accountId}`;
}
