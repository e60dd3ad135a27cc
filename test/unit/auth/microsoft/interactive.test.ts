import assert from 'node:assert/strict';
import { connect } from 'node:net';
import type { SignInPrompts } from '../../../../src/auth/signIn.ts';
import {
  ana,
  browse,
  contoso,
  type EntraServer,
  entraTenant,
  person,
  post,
  powerBIResource,
  startEntra,
} from '../../../support/entra.ts';
import { isKind, never, type Stage, stage } from './stage.ts';

describe('signing in by the browser', () => {
  let server: EntraServer;
  let window: Stage;
  const tenant = entraTenant('contoso');

  before(async () => {
    server = await startEntra();
  });
  after(() => server.close());
  beforeEach(() => {
    window = stage(server);
  });

  const signIn = (prompts: SignInPrompts, signal = never) => {
    assert.ok(window.interactive.signIn);
    return window.interactive.signIn(tenant, prompts, signal);
  };

  /** Prompts that only note where the browser was sent. */
  function watched(): { prompts: SignInPrompts; opened: Promise<string> } {
    const { promise: opened, resolve } = Promise.withResolvers<string>();
    const openBrowser = async (url: string) => {
      resolve(url);
      return true;
    };
    return { prompts: { ...person(server, ''), openBrowser }, opened };
  }

  it('brings a token that the service takes', async () => {
    const signedIn = await signIn(person(server, ana.userName));
    const accountId = `${ana.objectId}.${contoso.id}`;
    assert.deepEqual(signedIn, { accountId, account: ana.userName, directoryId: contoso.id });
    const token = await window.interactive.token({ ...tenant, accountId });
    const groups = `${server.sandbox.origin}/contoso/v1.0/myorg/groups?$top=1`;
    const headers = { authorization: `Bearer ${token}` };
    assert.equal((await fetch(groups, { headers })).status, 200);
    assert.equal((await fetch(groups.replace('/contoso/', '/fabrikam/'), { headers })).status, 403);
  });

  it('lets the person pick the account, and asks for what the tenant needs alone', async () => {
    const { prompts, opened } = watched();
    const stop = new AbortController();
    const ended = signIn(prompts, stop.signal);
    const url = new URL(await opened);
    assert.equal(url.origin + url.pathname, `https://login.microsoftonline.com/${contoso.id}/oauth2/v2.0/authorize`);
    const { prompt, scope, response_mode, code_challenge_method } = Object.fromEntries(url.searchParams);
    assert.deepEqual([prompt, response_mode, code_challenge_method], ['select_account', 'form_post', 'S256']);
    assert.deepEqual(scope?.split(' ').sort(), [`${powerBIResource}/.default`, 'offline_access', 'openid', 'profile']);
    stop.abort();
    await assert.rejects(ended, isKind('cancelled'));
  });

  for (const [scope, changes, asked] of [
    ['member', 'needed', ['Workspace.ReadWrite.All']],
    ['admin', 'needed', ['Tenant.ReadWrite.All', 'Workspace.ReadWrite.All']],
    // What was consented to is in it.
    ['admin', 'wanted', ['.default']],
  ] as const) {
    it(`asks for ${asked.join(' and ')} where changes are ${changes}, scope ${scope}`, async () => {
      const { prompts, opened } = watched();
      const stop = new AbortController();
      const ended = window.interactive.signIn?.(
        { ...entraTenant('contoso', { scope }), changes },
        prompts,
        stop.signal,
      );
      const scopes = new URL(await opened).searchParams.get('scope')?.split(' ');
      const ofResource = scopes?.filter((one) => one.startsWith('https://'));
      assert.deepEqual(
        ofResource,
        asked.map((one) => `${powerBIResource}/${one}`),
      );
      stop.abort();
      await assert.rejects(ended ?? Promise.resolve(), isKind('cancelled'));
    });
  }

  it('brings a token by which the tenant is used on, also where it was asked for changes', async () => {
    const prompts = person(server, ana.userName);
    const signedIn = await window.interactive.signIn?.({ ...tenant, changes: 'needed' }, prompts, never);
    const token = await window.interactive.token({ ...tenant, accountId: signedIn?.accountId ?? '' });
    const groups = `${server.sandbox.origin}/contoso/v1.0/myorg/groups?$top=1`;
    assert.equal((await fetch(groups, { headers: { authorization: `Bearer ${token}` } })).status, 200);
  });

  it('tells the person in the browser how it ended', async () => {
    for (const [choice, words] of [
      [ana.userName, /You are signed in/],
      [':deny', /did not succeed/],
    ] as const) {
      const { prompts, opened } = watched();
      const ended = signIn(prompts).catch(() => undefined);
      const { status, text } = await browse(server.local(await opened), choice);
      assert.equal(status, 200);
      assert.match(text, words);
      await ended;
    }
  });

  it('says that the person declined', async () => {
    await assert.rejects(signIn(person(server, ':deny')), isKind('forbidden', /declined.*AADSTS65004/));
    await assert.rejects(signIn(person(server, ':cancel')), isKind('forbidden', /declined/));
  });

  it('ends when it is cancelled, and listens no more', async () => {
    const { prompts, opened } = watched();
    const stop = new AbortController();
    const ended = signIn(prompts, stop.signal);
    const port = portOf(await opened);
    stop.abort();
    await assert.rejects(ended, isKind('cancelled'));
    await assertClosed(port);
  });

  it('ends when it was cancelled before the browser opened', async () => {
    const stop = new AbortController();
    const ended = signIn(watched().prompts, stop.signal);
    stop.abort();
    await assert.rejects(ended, isKind('cancelled'));
  });

  it('ends after five minutes', async () => {
    const { promise: passed, resolve: pass } = Promise.withResolvers<void>();
    const waits: number[] = [];
    const sleep = (milliseconds: number) => {
      waits.push(milliseconds);
      return passed;
    };
    window = stage(server, { sleep });
    const { prompts, opened } = watched();
    const ended = signIn(prompts);
    const port = portOf(await opened);
    assert.deepEqual(waits, [300_000]);
    pass();
    await assert.rejects(ended, isKind('timeout', /5 minutes/));
    await assertClosed(port);
  });

  it('ends when the browser is not opened, although VS Code asks for ever', async () => {
    const refusing = { ...person(server, ''), openBrowser: async () => false };
    await assert.rejects(signIn(refusing), isKind('cancelled', /browser/));
    const broken = { ...person(server, ''), openBrowser: () => Promise.reject(new Error('no browser')) };
    await assert.rejects(signIn(broken), isKind('unavailable', /browser/));
    const stop = new AbortController();
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const asking = () => {
      resolve();
      return new Promise<boolean>(() => undefined);
    };
    const ended = signIn({ ...person(server, ''), openBrowser: asking }, stop.signal);
    await asked;
    stop.abort();
    await assert.rejects(ended, isKind('cancelled'));
  });

  it('takes no notice of stray callbacks', async () => {
    const { prompts, opened } = watched();
    const ended = signIn(prompts);
    const url = await opened;
    const listener = `http://127.0.0.1:${portOf(url)}/`;
    const state = new URL(url).searchParams.get('state') ?? '';
    assert.equal((await post(listener, { code: 'stray', state: `${state}x` })).status, 400);
    assert.equal((await post(listener, { error: 'access_denied', state: '' })).status, 400);
    assert.equal((await fetch(`${listener}favicon.ico`)).status, 200);
    await browse(server.local(url), ana.userName);
    assert.equal((await ended).account, ana.userName);
  });

  it('ends with the network’s fault when the code cannot be redeemed', async () => {
    window = stage(server, {
      send: async (request, signal) => {
        const local = {
          ...request,
          url: request.url.replace('https://login.microsoftonline.com', 'http://127.0.0.1:1'),
        };
        return server.send(local, signal);
      },
    });
    await assert.rejects(signIn(person(server, ana.userName)), isKind('offline', /refused/));
  });

  it('ends when it is cancelled while the code is redeemed', async () => {
    const stop = new AbortController();
    window = stage(server, {
      send: (_, signal) => {
        const ended = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        stop.abort();
        return ended;
      },
    });
    await assert.rejects(signIn(person(server, ana.userName), stop.signal), isKind('cancelled'));
  });

  it('refuses an unexpected answer', async () => {
    for (const status of [200, 302, 503]) {
      const bytes = new TextEncoder().encode('<html>Welcome to the hotel’s network</html>');
      window = stage(server, { send: async () => ({ status, bytes, header: () => undefined }) });
      const kind = status === 503 ? 'unavailable' : 'badResponse';
      await assert.rejects(signIn(person(server, ana.userName)), isKind(kind));
    }
  });
});

function portOf(authorizeUrl: string): number {
  return Number(new URL(new URL(authorizeUrl).searchParams.get('redirect_uri') ?? '').port);
}

async function assertClosed(port: number): Promise<void> {
  // MSAL closes its listener when the callback has come, so some turns later.
  for (;;) {
    const isRefused = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', () => resolve(true));
      socket.once('connect', () => {
        socket.destroy();
        resolve(false);
      });
    });
    if (isRefused) return;
  }
}
