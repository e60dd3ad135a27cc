import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createMemorySecrets } from '../../src/auth/memorySecrets.ts';
import { type ErrorKind, isAppError } from '../../src/core/errors.ts';
import type { TenantConnection } from '../../src/core/model.ts';
import { type Core, startCore } from '../support/core.ts';
import {
  freePorts,
  type IdentityServer,
  organizationId,
  person,
  startIdentityServer,
} from '../support/identityServer.ts';
import {
  agree,
  agreeOnly,
  type Conduct,
  openSignInBrowser,
  refuse,
  type SignInBrowser,
} from '../support/signInBrowser.ts';

const never = new AbortController().signal;

describe('signing in to UiPath by the browser', function () {
  this.timeout(60_000);
  let browser: SignInBrowser;
  let ports: number[];
  let server: IdentityServer;
  const cores: Core[] = [];
  const secrets = createMemorySecrets();

  before(async () => {
    browser = await openSignInBrowser();
    ports = await freePorts(2);
    server = await startIdentityServer({ ports });
  });
  after(async () => {
    await browser.close();
    await server.close();
  });
  afterEach(() => Promise.all(cores.splice(0).map((core) => core.close())));

  function coreWith(conduct: Conduct, options: Partial<Parameters<typeof startCore>[0]> = {}) {
    const prompts = browser.prompts(conduct);
    const core = startCore({ secrets, prompts, redirectPorts: ports, ...options });
    cores.push(core);
    return { core, opened: prompts.opened };
  }
  const connection = (): TenantConnection => ({
    provider: 'uipath',
    name: 'Robots',
    endpoint: server.origin,
    auth: { method: 'oauth', clientId: person.clientId },
  });
  async function signedIn(core: Core) {
    const id = await core.api.addTenant(connection());
    await core.tenants.signIn(id, never);
    return id;
  }

  it('gives tokens, and tells account and organization', async () => {
    const { core, opened } = coreWith(agree);
    const id = await core.api.addTenant(connection());
    assert.equal((await core.api.groups(id)).completeness.kind, 'notSignedIn');
    assert.deepEqual(opened, []);
    await core.tenants.signIn(id, never);
    const [tenant] = await core.api.tenants();
    assert.equal(tenant?.account, 'ana@robots.example');
    assert.equal(core.store.reader.tenant(id)?.connection.partitionGlobalId, organizationId);
    const asked = new URL(opened[0] ?? '');
    assert.equal(asked.pathname, '/identity_/connect/authorize');
    assert.equal(asked.searchParams.get('code_challenge_method'), 'S256');
    assert.equal(asked.searchParams.get('redirect_uri'), `http://localhost:${ports[0]}`);
    assert.match(asked.searchParams.get('scope') ?? '', /\bPM\.Group\.Read\b.*\bPM\.User\.Read\b/);
  });

  it('tells that the person refused, and stays signed out', async () => {
    const { core } = coreWith(refuse);
    const id = await core.api.addTenant(connection());
    await assert.rejects(core.tenants.signIn(id, never), isKind('forbidden', /access_denied/));
    assert.equal((await core.api.groups(id)).completeness.kind, 'notSignedIn');
    assert.equal(await secrets.get(`tenant:${id}`), undefined);
  });

  it('is not ended by a callback with another state, nor by none', async () => {
    const strays: number[] = [];
    const { core } = coreWith(async (page) => {
      for (const stray of ['?code=x&state=guessed', '?error=access_denied&state=guessed', '', 'favicon.ico']) {
        const reply = await page.request.get(`http://localhost:${ports[0]}/${stray}`);
        strays.push(reply.status());
      }
      await agree(page);
    });
    assert.ok(await signedIn(core));
    assert.deepEqual(strays, [400, 400, 400, 400]);
  });

  it('does not answer to a name that was made to lead here', async () => {
    const { core } = coreWith(async (page) => {
      const state = new URL(page.url()).searchParams.get('state') ?? '';
      const headers = { host: 'evil.example' };
      const reply = await page.request.get(`http://127.0.0.1:${ports[0]}/?code=x&state=${state}`, { headers });
      assert.equal(reply.status(), 400);
      await agree(page);
    });
    assert.ok(await signedIn(core));
  });

  it('refuses a code that was used before', async () => {
    let used: string | undefined;
    const { core } = coreWith(async (page) => {
      const callback = await agreeOnly(page);
      const code = callback.searchParams.get('code') ?? '';
      if (used !== undefined) callback.searchParams.set('code', used);
      used = code;
      await page.goto(callback.href);
    });
    assert.ok(await signedIn(core));
    const id = await core.api.addTenant(connection());
    await assert.rejects(core.tenants.signIn(id, never), isKind('notSignedIn', /invalid_grant/));
    assert.equal(await secrets.get(`tenant:${id}`), undefined);
  });

  it('says in the browser that the page can be closed, and listens no more', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const { core } = coreWith(async (page) => {
      await agree(page);
      await page.waitForURL(/localhost/);
      resolve(await page.locator('p').innerText());
    });
    await signedIn(core);
    assert.match(await promise, /You can close this page/);
    await assert.rejects(fetch(`http://127.0.0.1:${ports[0]}/`));
  });

  it('takes the next port when one is taken, and tells when all are', async () => {
    const first = createServer().listen(ports[0], '127.0.0.1');
    await once(first, 'listening');
    const { core, opened } = coreWith(agree);
    await signedIn(core);
    assert.equal(new URL(opened[0] ?? '').searchParams.get('redirect_uri'), `http://localhost:${ports[1]}`);
    const second = createServer().listen(ports[1], '127.0.0.1');
    await once(second, 'listening');
    const id = await core.api.addTenant(connection());
    await assert.rejects(core.tenants.signIn(id, never), isKind('invalid', new RegExp(ports.join(', '))));
    assert.equal(opened.length, 1);
    await Promise.all([once(first.close(), 'close'), once(second.close(), 'close')]);
  });

  it('can be cancelled, and ends by itself', async () => {
    const nothing = async () => undefined;
    const { core } = coreWith(nothing, { patience: { person: 300 } });
    const id = await core.api.addTenant(connection());
    await assert.rejects(core.tenants.signIn(id, never), isKind('timeout', /minutes/));
    const patient = coreWith(nothing).core;
    const waiting = await patient.api.addTenant(connection());
    const controller = new AbortController();
    const attempt = patient.tenants.signIn(waiting, controller.signal);
    controller.abort();
    await assert.rejects(attempt, isKind('cancelled', /./));
    await assert.rejects(fetch(`http://127.0.0.1:${ports[0]}/`));
  });

  it('says what to use instead where the browser cannot come back', async () => {
    const prompts = {
      ...browser.prompts(agree),
      isRemote: true,
      reach: async (url: string) => `https://machine.example/proxy/${new URL(url).port}/`,
    };
    const { core } = coreWith(agree, { prompts });
    const id = await core.api.addTenant(connection());
    await assert.rejects(core.tenants.signIn(id, never), isKind('invalid', /confidential application/));
    assert.deepEqual(prompts.opened, []);
    const forwarded = coreWith(agree, { prompts: { ...prompts, reach: async (url) => url } }).core;
    assert.ok(await signedIn(forwarded));
  });

  it('of a tenant that is not kept in the end leaves nothing behind', async () => {
    const { core } = coreWith(agree);
    const draft = await core.tenants.begin(connection());
    assert.equal((await draft.signIn(never)).partitionGlobalId, organizationId);
    const written: string[] = [];
    secrets.onDidChange((key) => written.push(key));
    await draft.discard();
    assert.deepEqual(written, []);
    const other = await core.tenants.begin(connection());
    await other.signIn(never);
    const [id = ''] = await other.keep();
    assert.deepEqual(written, [`tenant:${id}`]);
    assert.equal((await core.api.tenants()).find((tenant) => tenant.id === id)?.account, 'ana@robots.example');
  });
});

function isKind(kind: ErrorKind, words: RegExp) {
  return (error: unknown) => {
    assert.ok(isAppError(error, kind), String(error));
    assert.match(error.message, words);
    return true;
  };
}
