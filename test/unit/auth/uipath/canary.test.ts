import assert from 'node:assert/strict';
import { createMemorySecrets } from '../../../../src/auth/memorySecrets.ts';
import { createCanary } from '../../../support/canary.ts';
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

describe('what signing in to UiPath must never tell', function () {
  this.timeout(30_000);
  let server: IdentityServer;
  let core: Core;
  let ports: number[];
  let passed = 0;
  const secrets = createMemorySecrets();
  const canary = createCanary();
  const { known, tell, tellFailure: failing } = canary;

  before(async () => {
    ports = await freePorts(1);
    server = await startIdentityServer({ ports });
    // Every code, token and verifier that passes the service.
    server.oidc.on('authorization_code.saved', (model) => known.add(model.jti));
    server.oidc.on('refresh_token.saved', (model) => known.add(model.jti));
    server.oidc.on('access_token.issued', (model) => known.add(model.jti));
    core = startCore({
      secrets: canary.watch(secrets),
      prompts: atOnce,
      redirectPorts: ports,
      now: () => Date.now() + passed,
      log: canary.log,
    });
  });
  after(async () => {
    await core.close();
    await server.close();
  });

  function assertUntold(): void {
    known.add(application.clientSecret);
    canary.assertUntold(core.folder);
  }

  const connection = () => ({ provider: 'uipath', name: 'Robots', endpoint: server.origin });

  it('tokens, codes and refresh tokens, through sign-in, renewal, revocation and sign-out', async () => {
    const auth = { method: 'oauth', clientId: person.clientId } as const;
    const id = await core.api.addTenant({ ...connection(), auth });
    await core.tenants.signIn(id, never);
    tell(await core.api.loadAll(id));
    passed = 3_600_000;
    tell(await core.api.groups(id, { refresh: true }));
    const { refreshToken } = JSON.parse((await secrets.get(`tenant:${id}`)) ?? '{}') as { refreshToken: string };
    await (await server.oidc.RefreshToken.find(refreshToken))?.destroy();
    passed *= 2;
    tell(await core.api.groups(id, { refresh: true }));
    tell(await core.api.tenants());
    assertUntold();
    await core.tenants.signOut(id);
    tell(core.store.reader.tenant(id));
    assertUntold();
    assert.equal(await secrets.get(`tenant:${id}`), undefined);
  });

  it('a client secret, also when the service repeats it', async () => {
    const auth = { method: 'clientCredentials', ...application } as const;
    const id = await core.api.addTenant({ ...connection(), auth });
    tell(await core.api.loadAll(id));
    passed *= 2;
    const repeat: IdentityServer['faults'][number] = (_, response) => {
      const words = `no ${application.clientSecret} here`;
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: 'invalid_client', error_description: words }));
    };
    server.faults.push(repeat, repeat, repeat, repeat);
    tell(await core.api.groups(id, { refresh: true }));
    const draft = await core.tenants.begin({ ...connection(), auth });
    await failing(draft.tryOut(never));
    await draft.discard();
    assertUntold();
  });

  it('a token that the service repeats in place of a token', async () => {
    server.faults.length = 0;
    const auth = { method: 'oauth', clientId: person.clientId } as const;
    const id = await core.api.addTenant({ ...connection(), auth });
    await core.tenants.signIn(id, never);
    const { refreshToken, accessToken } = JSON.parse((await secrets.get(`tenant:${id}`)) ?? '{}') as Record<
      string,
      string
    >;
    passed *= 2;
    const repeat: IdentityServer['faults'][number] = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ access_token: [accessToken, refreshToken], refresh_token: refreshToken }));
    };
    server.faults.push(repeat, repeat, repeat);
    tell(await core.api.groups(id, { refresh: true }));
    assertUntold();
  });
});
