import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { MicrosoftDeps } from '../../../../src/auth/microsoft/deps.ts';
import type { TenantConnection } from '../../../../src/core/model.ts';
import { makeAppCertificate } from '../../../support/appCertificate.ts';
import { createCanary } from '../../../support/canary.ts';
import { type Core, memorySecrets, startCore } from '../../../support/core.ts';
import { ana, clientId, contoso, type EntraServer, entraTenant, person, startEntra } from '../../../support/entra.ts';
import { never, stage } from './stage.ts';

/** Fields of a request or a reply that must be told nowhere. */
const secretFields = [
  'access_token',
  'client_assertion',
  'client_secret',
  'code',
  'code_verifier',
  'device_code',
  'id_token',
  'refresh_token',
];

describe('what Microsoft’s sign-in is told in secret', () => {
  let server: EntraServer;
  let secrets: Set<string>;
  let printed: string[];
  const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
  const own = methods.map((method) => [method, console[method]] as const);

  beforeEach(async () => {
    server = await startEntra();
    secrets = new Set();
    printed = [];
    for (const method of methods) console[method] = (...told: unknown[]) => printed.push(inspect(told, { depth: 9 }));
  });
  afterEach(async () => {
    for (const [method, print] of own) console[method] = print;
    await server.close();
  });

  function note(fields: Iterable<readonly [string, unknown]>): void {
    for (const [name, value] of fields) {
      if (secretFields.includes(name) && typeof value === 'string') secrets.add(value);
    }
  }

  /** The real service, but refusals repeat the whole request. */
  const repeating: MicrosoftDeps['send'] = async (request, signal) => {
    note(new URLSearchParams(request.body ?? ''));
    const reply = await server.send(request, signal);
    const body = JSON.parse(new TextDecoder().decode(reply.bytes)) as Record<string, unknown>;
    note(Object.entries(body));
    if (body.error === undefined) return reply;
    const echo = `AADSTS1: You sent ${[...new URLSearchParams(request.body ?? '').values()].join(' and ')}`;
    const bytes = new TextEncoder().encode(JSON.stringify({ ...body, error_description: echo }));
    return { ...reply, bytes };
  };

  function assertUntold(told: unknown): void {
    const text = inspect(told, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null });
    for (const secret of secrets) assert.ok(!text.includes(secret), `${text} tells ${secret}`);
  }

  it('is told neither in a log nor by an error', async () => {
    const window = stage(server, { send: repeating });
    const tenant = { ...entraTenant('contoso'), accountId: `${ana.objectId}.${contoso.id}` };
    const failing: (() => Promise<unknown> | undefined)[] = [
      () => window.interactive.signIn?.(tenant, person(server, ':deny'), never),
      () => window.deviceCode.signIn?.(tenant, person(server, ':cancel'), never),
      async () => {
        await window.interactive.signIn?.(tenant, person(server, ana.userName), never);
        const token = await window.interactive.token(tenant);
        server.entra.revoke(ana.userName);
        await window.interactive.token(tenant, { token });
      },
      async () => {
        await window.secrets.set(
          `tenant:${tenant.id}`,
          JSON.stringify({ clientSecret: 'a wrong secret, kept secret' }),
        );
        await window.clientCredentials.token(tenant);
      },
      async () => {
        const { privateKey, thumbprint } = makeAppCertificate();
        // Each line of the key: a text may quote a part.
        for (const line of privateKey.split('\n').slice(1, -2)) secrets.add(line);
        const certificate = { thumbprintSha256: thumbprint, privateKey };
        await window.secrets.set(`tenant:${tenant.id}`, JSON.stringify({ certificate }));
        await window.clientCredentials.token(tenant);
      },
      async () => {
        const certificate = { thumbprintSha256: 'ab'.repeat(32), privateKey: 'a key that is none, kept secret' };
        secrets.add(certificate.privateKey);
        await window.secrets.set(`tenant:${tenant.id}`, JSON.stringify({ certificate }));
        await window.clientCredentials.token(tenant);
      },
      async () => {
        server.entra.codes.clear();
        const redeeming = stage(server, {
          send: (request, signal) => {
            server.entra.codes.clear();
            return repeating(request, signal);
          },
        });
        await redeeming.interactive.signIn?.(tenant, person(server, ana.userName), never);
      },
    ];
    for (const fail of failing) {
      await assert.rejects(
        async () => fail(),
        (error) => {
          assertUntold(error);
          return true;
        },
      );
    }
    assert.ok(secrets.size >= 8, 'secrets were seen');
    assertUntold(printed);
    for (const line of server.sandbox.requests) assertUntold(line);
  });

  describe('and is told in no listing, log or file', () => {
    const canary = createCanary();
    const { tell } = canary;
    let core: Core;

    beforeEach(() => {
      core = startCore({
        secrets: canary.watch(memorySecrets()),
        send: repeating,
        prompts: person(server, ana.userName),
        log: canary.log,
      });
    });
    afterEach(() => core.close());

    const add = (auth: TenantConnection['auth']) =>
      core.api.addTenant({
        ...{ provider: 'powerbi', name: 'Contoso', directoryId: contoso.id, auth },
        endpoint: `${server.sandbox.origin}/contoso`,
      });
    const load = async (id: string) => {
      const { state, kind, reason } = await core.api.loadAll(id, { refresh: true });
      tell(reason);
      return kind ?? state;
    };
    function assertNowhere(): void {
      for (const secret of secrets) canary.known.add(secret);
      tell(core.store.reader.tenants());
      tell(core.errors);
      canary.assertUntold(core.folder);
    }

    it('what an account holds, through sign-in, renewal, revocation and sign-out', async () => {
      const id = await add({ method: 'interactive', clientId });
      await core.tenants.signIn(id, never);
      assert.equal(await load(id), 'complete');
      server.entra.expireAccessTokens();
      assert.equal(await load(id), 'complete');
      assert.ok(server.sent.some(({ body }) => body?.includes('refresh_token=')));
      server.entra.revoke(ana.userName);
      assert.equal(await load(id), 'notSignedIn');
      assertNowhere();
      await core.tenants.signOut(id);
      assertNowhere();
    });

    it('what an app proves itself with, right or wrong', async () => {
      const { privateKey, thumbprint, pem } = makeAppCertificate();
      await server.close();
      server = await startEntra({ apps: [{ clientId, secret: 'correct horse battery staple', certificate: pem }] });
      const proofs = [
        [{ clientSecret: 'correct horse battery staple' }, 'complete'],
        [{ clientSecret: 'a wrong secret, kept secret' }, 'notSignedIn'],
        [{ certificate: { thumbprintSha256: thumbprint, privateKey } }, 'complete'],
        [{ certificate: { thumbprintSha256: 'ab'.repeat(32), privateKey } }, 'notSignedIn'],
        [{ certificate: { thumbprintSha256: thumbprint, privateKey: makeAppCertificate().privateKey } }, 'notSignedIn'],
      ] as const;
      for (const [proof, outcome] of proofs) {
        assert.equal(await load(await add({ method: 'clientCredentials', clientId, ...proof })), outcome);
        assertNowhere();
      }
      assert.ok([...canary.known].some((secret) => privateKey.includes(secret)));
    });
  });
});
