import assert from 'node:assert/strict';
import type { MicrosoftDeps } from '../../../../src/auth/microsoft/deps.ts';
import type { VsCodeAccount, VsCodeSession, VsCodeSessionRequest } from '../../../../src/core/auth/vscodeAccounts.ts';
import { createEmitter } from '../../../../src/core/event.ts';
import { contoso, type EntraServer, entraTenant, person, powerBIResource, startEntra } from '../../../support/entra.ts';
import { isKind, never, type Stage, stage } from './stage.ts';

const ana = { id: 'ana.contoso', label: 'ana@contoso.example' };
const ben = { id: 'ben.contoso', label: 'ben@contoso.example' };

describe("VS Code's Microsoft account", () => {
  let server: EntraServer;
  let window: Stage;
  const changed = createEmitter<string>();
  let asked: VsCodeSessionRequest[];
  let answer: (request: VsCodeSessionRequest) => Promise<VsCodeSession | undefined>;
  let accounts: () => Promise<readonly VsCodeAccount[]>;
  const tenant = entraTenant('contoso', { signIn: 'microsoft' });
  const known = { ...tenant, accountId: ana.id };

  const open = (deps: Partial<MicrosoftDeps> = {}) =>
    stage(server, {
      vscodeAccounts: {
        session: (request) => {
          asked.push(request);
          return answer(request);
        },
        accounts: () => accounts(),
        onDidChange: changed.event,
      },
      ...deps,
    });
  before(async () => {
    server = await startEntra();
  });
  after(() => server.close());
  beforeEach(() => {
    asked = [];
    let count = 0;
    accounts = async () => [ana, ben];
    answer = async ({ account = ana }) => ({ accessToken: `token ${++count}`, account });
    window = open();
  });

  const signIn = (of = tenant, signal = never) => {
    assert.ok(window.microsoft.signIn);
    return window.microsoft.signIn(of, person(server, ''), signal);
  };

  it('lets the person choose the account, then takes no other', async () => {
    assert.deepEqual(await signIn(), { accountId: ana.id, account: ana.label, directoryId: contoso.id });
    const scopes = [`${powerBIResource}/.default`, `VSCODE_TENANT:${contoso.id}`];
    assert.deepEqual(asked, [{ provider: 'microsoft', scopes, ask: 'ifNeeded' }]);
    assert.equal(await window.microsoft.token(known), 'token 2');
    assert.deepEqual(asked[1], { provider: 'microsoft', scopes, account: ana, ask: 'never' });
    await signIn(known);
    assert.deepEqual(asked[2]?.account, ana);
  });

  it('never asks anybody for a token', async () => {
    await assert.rejects(window.microsoft.token(tenant), isKind('notSignedIn'));
    answer = async () => undefined;
    await assert.rejects(window.microsoft.token(known), isKind('notSignedIn'));
    await assert.rejects(window.microsoft.token({ ...tenant, accountId: 'gone' }), isKind('notSignedIn', /any more/));
    assert.deepEqual(
      asked.map(({ ask }) => ask),
      ['never'],
    );
  });

  it('is never another one without a word', async () => {
    answer = async () => ({ accessToken: 'token', account: ben });
    await assert.rejects(window.microsoft.token(known), isKind('notSignedIn'));
    await assert.rejects(signIn(known), isKind('invalid', /ana@contoso.example, but ben@contoso.example/));
    assert.equal((await signIn()).accountId, ben.id);
  });

  it('is asked again when its sessions have changed, and not for every request', async () => {
    assert.equal(await window.microsoft.token(known), 'token 1');
    assert.equal(await window.microsoft.token(known), 'token 1');
    changed.fire('github');
    assert.equal(await window.microsoft.token(known), 'token 1');
    changed.fire('microsoft');
    assert.equal(await window.microsoft.token(known), 'token 2');
  });

  it('brings another token when the service refuses one, or says that a person is needed', async () => {
    const token = await window.microsoft.token(known);
    assert.equal(await window.microsoft.token(known, { token }), 'token 2');
    answer = async ({ ask }) => ({ accessToken: ask === 'always' ? 'new' : 'token 2', account: ana });
    await assert.rejects(window.microsoft.token(known, { token: 'token 2' }), isKind('notSignedIn', /refuses/));
    asked = [];
    await signIn(known);
    assert.deepEqual(
      asked.map(({ ask }) => ask),
      ['ifNeeded', 'always'],
    );
  });

  it('passes on the claims that a service demands', async () => {
    const claims = '{"access_token":{"acrs":{"value":"c1"}}}';
    answer = async ({ ask }) => (ask === 'never' ? undefined : { accessToken: 'stepped up', account: ana });
    await assert.rejects(window.microsoft.token(known, { token: 'x', claims }), isKind('notSignedIn'));
    await signIn(known);
    assert.deepEqual(
      asked.map((request) => [request.ask, request.claims]),
      [
        ['never', claims],
        ['ifNeeded', claims],
      ],
    );
  });

  it('of a sovereign cloud has a provider of its own', async () => {
    const expected = {
      public: ['microsoft', 'https://analysis.windows.net'],
      usGov: ['microsoft', 'https://analysis.usgovcloudapi.net'],
      usGovHigh: ['microsoft-sovereign-cloud', 'https://high.analysis.usgovcloudapi.net'],
      usGovDod: ['microsoft-sovereign-cloud', 'https://mil.analysis.usgovcloudapi.net'],
      china: ['microsoft-sovereign-cloud', 'https://analysis.chinacloudapi.cn'],
    } as const;
    for (const [cloud, [provider, origin]] of Object.entries(expected)) {
      asked = [];
      await signIn(entraTenant('x', { cloud: cloud as keyof typeof expected }));
      assert.deepEqual([asked[0]?.provider, asked[0]?.scopes[0]], [provider, `${origin}/powerbi/api/.default`]);
    }
    asked = [];
    await signIn(entraTenant('x', { cloud: 'public', endpoint: 'https://api.powerbi.cn' }));
    assert.equal(asked[0]?.provider, 'microsoft-sovereign-cloud', 'the endpoint wins');
    answer = () => Promise.reject(new Error('Timed out waiting for authentication provider to register.'));
    await assert.rejects(
      signIn(entraTenant('x', { cloud: 'china' })),
      isKind('invalid', /sovereign-cloud.environment/),
    );
    accounts = () => Promise.reject(new Error('Timed out waiting for authentication provider to register.'));
    const inChina = { ...entraTenant('x', { cloud: 'china' }), accountId: ana.id };
    for (const attempt of [() => signIn(inChina), () => window.microsoft.token(inChina)])
      await assert.rejects(attempt, isKind('invalid', /sovereign-cloud.environment/));
  });

  it('says what went wrong', async () => {
    for (const [message, kind, words] of [
      ['Cancelled', 'cancelled', /cancelled/],
      ['User did not consent to login.', 'cancelled', /cancelled/],
      ['invalid_resource: AADSTS65002: Consent between first party …', 'forbidden', /app of your own.*AADSTS65002/],
      ['AADSTS90094: Admin consent', 'forbidden', /administrator/],
      ['Something else, with a secret', 'unavailable', /^VS Code's Microsoft sign-in failed[^,]*$/],
    ] as const) {
      answer = () => Promise.reject(new Error(message));
      await assert.rejects(signIn(), isKind(kind, words), message);
    }
  });

  it('is not enough for a service that refuses it: then it says which permissions an own app needs', async () => {
    answer = () => Promise.reject(new Error('invalid_resource: AADSTS65002: Consent between first party …'));
    for (const [provider, scope, permissions] of [
      ['entra', undefined, 'GroupMember.Read.All, Member.Read.Hidden'],
      ['powerbi', 'member', 'Workspace.Read.All'],
      ['powerbi', 'admin', 'Tenant.Read.All'],
    ] as const) {
      const other = { ...entraTenant('x', { signIn: 'microsoft', ...(scope ? { scope } : {}) }), provider };
      const words = new RegExp(`Register an app of your own .*: ${permissions.replaceAll('.', '\\.')}\\. Microsoft`);
      await assert.rejects(signIn(other), isKind('forbidden', words));
      await assert.rejects(window.microsoft.token({ ...other, accountId: ana.id }), isKind('forbidden', words));
    }
    await assert.rejects(
      async () => window.microsoft.directories?.(known, never),
      isKind('forbidden', /: user_impersonation \(Azure Service Management\)\. Microsoft/),
    );
  });

  it('asks for Graph as the provider of Entra says', async () => {
    for (const [cloud, resource] of [
      ['public', 'https://graph.microsoft.com'],
      ['usGovDod', 'https://dod-graph.microsoft.us'],
    ] as const) {
      await signIn({ ...entraTenant('x', { signIn: 'microsoft', cloud }), provider: 'entra' });
      assert.deepEqual(asked.at(-1)?.scopes, [`${resource}/.default`, `VSCODE_TENANT:${contoso.id}`]);
    }
  });

  it('may hang', async () => {
    answer = () => new Promise(() => undefined);
    const waits: number[] = [];
    window = open({
      sleep: async (milliseconds) => {
        waits.push(milliseconds);
      },
    });
    await assert.rejects(window.microsoft.token(known), isKind('timeout'));
    await assert.rejects(signIn(), isKind('timeout'));
    // First its list of accounts, which did not hang.
    assert.deepEqual(waits, [30_000, 30_000, 300_000]);
    accounts = () => new Promise(() => undefined);
    for (const attempt of [() => signIn(known), () => window.microsoft.token(known)])
      await assert.rejects(attempt, isKind('timeout'));
    accounts = async () => [ana, ben];
    window = open();
    const stop = new AbortController();
    const ended = signIn(tenant, stop.signal);
    stop.abort();
    await assert.rejects(ended, isKind('cancelled'));
  });

  it('lists its directories by a token for Azure, without asking anybody', async () => {
    answer = async () => undefined;
    await assert.rejects(
      async () => window.microsoft.directories?.(known, never),
      isKind('forbidden', /type the directory/),
    );
    assert.deepEqual(asked, [
      { provider: 'microsoft', scopes: ['https://management.azure.com/.default'], account: ana, ask: 'never' },
    ]);
  });
});
