import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
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

describe('what signing in to UiPath must never tell', function () {
  this.timeout(30_000);
  let server: IdentityServer;
  let core: Core;
  let ports: number[];
  let passed = 0;
  const secrets = createMemorySecrets();
  /** All that was ever secret: seen in the secret store and on the wire. */
  const known = new Set<string>();
  const told: string[] = [];

  before(async () => {
    ports = await freePorts(1);
    server = await startIdentityServer({ ports });
    // Every code, token and verifier that passes the service.
    server.oidc.on('authorization_code.saved', (model) => known.add(model.jti));
    server.oidc.on('refresh_token.saved', (model) => known.add(model.jti));
    server.oidc.on('access_token.issued', (model) => known.add(model.jti));
    const write = (...parts: unknown[]) => void told.push(format(...parts));
    core = startCore({
      secrets: {
        ...secrets,
        set: async (key, value) => {
          for (const text of Object.values(JSON.parse(value) as Record<string, unknown>)) {
            if (typeof text === 'string' && text.length > 20 && !/^https?:/.test(text)) known.add(text);
          }
          await secrets.set(key, value);
        },
      },
      prompts: atOnce,
      redirectPorts: ports,
      now: () => Date.now() + passed,
      log: { debug: write, info: write, warn: write, error: write },
    });
  });
  after(async () => {
    await core.close();
    await server.close();
  });

  /** In nothing that is told, nor in any byte on disk. */
  function assertUntold(): void {
    known.add(application.clientSecret);
    const files = readdirSync(core.folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
      try {
        return [readFileSync(join(core.folder, name), 'latin1')];
      } catch {
        return [];
      }
    });
    assert.ok(files.length > 1 && known.size > 2, 'there is nothing to look for');
    for (const secret of known) {
      for (const text of [...told, ...files]) assert.ok(!text.includes(secret), `it tells ${secret.slice(0, 6)}…`);
    }
  }

  const connection = () => ({ provider: 'uipath', name: 'Robots', endpoint: server.origin });
  const tell = (value: unknown) => void told.push(inspect(value, { depth: 9 }));
  const failing = async (work: Promise<unknown>) => {
    await work.then(
      () => assert.fail('It did not fail.'),
      (error: unknown) => tell(error),
    );
  };

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
