import assert from 'node:assert/strict';
import { addTenant } from '../../../src/commands/addTenant.ts';
import { AppError, isAppError } from '../../../src/core/errors.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { close, goBack } from '../../support/fakeUi.ts';

describe('addTenant', () => {
  it('asks step by step for a Power BI tenant', async () => {
    const deps = createFakeDeps('Power BI', 'Contoso', 'Public cloud', 'The whole tenant', 'Bearer abc.def');
    assert.equal(await run(addTenant, deps), 'added');
    assert.deepEqual(deps.added, [
      {
        provider: 'powerbi',
        name: 'Contoso',
        cloud: 'public',
        scope: 'admin',
        auth: { method: 'accessToken', accessToken: 'Bearer abc.def' },
      },
    ]);
    assert.deepEqual(deps.revealed, [{ tenantId: 'added' }]);
    assert.deepEqual(deps.ui.completed, ['ownTenant']);
    assert.equal(deps.ui.shown.at(-1)?.options?.step, 5);
  });

  it('asks which workspaces of a whole tenant are wanted', async () => {
    const capacity = '0f084df7-c13d-451b-af5f-ed0c466403b2';
    const wanted = ['Deleted workspaces', 'Workspaces on any capacity'];
    const ticked = ['Workspaces without an administrator'];
    const deps = createFakeDeps(
      ...['Power BI', 'Contoso', 'Public cloud', 'Part of the tenant…'],
      wanted,
      goBack,
      ticked,
      `${capacity}, ${capacity.toUpperCase()}`,
      'token',
    );
    await run(addTenant, deps);
    assert.equal(deps.added[0]?.scope, 'admin');
    assert.deepEqual(deps.added[0]?.workspaces, {
      leaveOut: ['personal', 'deleted'],
      capacityIds: [capacity, capacity.toUpperCase()],
    });
    const asked = deps.ui.shown.filter(({ kind }) => kind === 'pickMany');
    assert.deepEqual(asked[0]?.picked, asked[0]?.labels);
    assert.deepEqual(asked[1]?.picked, wanted);
    const { validate, step } = deps.ui.shown.at(-2)?.options ?? {};
    assert.deepEqual([validate?.(capacity), step], [undefined, 6]);
    for (const bad of ['', 'Premium One', `${capacity} x`]) assert.ok(validate?.(bad), bad);
  });

  it('loads the whole tenant after all when that is chosen on the way back', async () => {
    const deps = createFakeDeps(
      ...['Power BI', 'Contoso', 'Public cloud', 'Part of the tenant…'],
      [],
      goBack,
      goBack,
      ...['The whole tenant', 'token'],
    );
    await run(addTenant, deps);
    assert.deepEqual([deps.added[0]?.scope, deps.added[0]?.workspaces], ['admin', undefined]);
  });

  it('asks for the organization of a UiPath tenant, and leaves out the default address', async () => {
    const deps = createFakeDeps('UiPath', 'Fabrikam', 'https://cloud.uipath.com', 'fabrikam', 'partition', 'token');
    await run(addTenant, deps);
    assert.deepEqual(deps.added, [
      {
        provider: 'uipath',
        name: 'Fabrikam',
        organization: 'fabrikam',
        partitionGlobalId: 'partition',
        auth: { method: 'accessToken', accessToken: 'token' },
      },
    ]);
  });

  it('goes back to earlier questions, keeping the answers as proposals', async () => {
    const deps = createFakeDeps(
      'Power BI',
      'Contoso',
      goBack,
      'Contoso 2',
      'China',
      goBack,
      'Public cloud',
      'My workspaces',
      'token',
    );
    await run(addTenant, deps);
    assert.equal(deps.ui.shown[3]?.value, 'Contoso');
    assert.deepEqual([deps.added[0]?.name, deps.added[0]?.cloud], ['Contoso 2', 'public']);
  });

  it('says what failed, and goes back to the last question or keeps the tenant', async () => {
    const deps = createFakeDeps(
      'Power BI',
      'Contoso',
      'Public cloud',
      'My workspaces',
      'bad',
      'Go Back',
      'worse',
      'Keep Anyway',
    );
    deps.attempt = () => Promise.reject(new AppError('notSignedIn', 'TokenExpired [x](command:y)'));
    await run(addTenant, deps);
    const modal = deps.ui.shown.find(({ kind }) => kind === 'confirm');
    assert.match(modal?.text ?? '', /The sign-in was refused\.\n\nTokenExpired \[x\]\(command:y\)/);
    assert.deepEqual(deps.added[0]?.auth, { method: 'accessToken', accessToken: 'worse' });
    assert.equal(deps.ui.shown.find(({ options }) => options?.step === 5)?.value, '');
  });

  it('keeps nothing when the question about the failure is closed', async () => {
    const deps = createFakeDeps('Power BI', 'Contoso', 'Public cloud', 'My workspaces', 'bad', close);
    deps.attempt = () => Promise.reject(new AppError('offline', 'x'));
    await assert.rejects(run(addTenant, deps), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual(deps.added, []);
  });

  it('asks about a foreign host before the token is sent there', async () => {
    const replies = [
      'Power BI',
      'Contoso',
      'Another address…',
      'https://proxy.example/pbi/',
      'My workspaces',
      'token',
      'Send It There',
    ];
    const deps = createFakeDeps(...replies);
    let agreedBefore: readonly string[] = [];
    deps.attempt = async () => {
      agreedBefore = [...deps.agreed];
    };
    await run(addTenant, deps);
    assert.deepEqual(agreedBefore, ['proxy.example']);
    assert.equal(deps.added[0]?.endpoint, 'https://proxy.example/pbi');
    assert.match(deps.ui.shown.find(({ kind }) => kind === 'confirm')?.text ?? '', /proxy\.example/);
  });

  it('says while typing what is wrong, without repeating what was typed', async () => {
    const deps = createFakeDeps(
      'Power BI',
      'Contoso',
      'Another address…',
      'https://api.powerbi.com',
      'My workspaces',
      'token',
    );
    await run(addTenant, deps);
    const checks = deps.ui.shown.filter(({ kind }) => kind === 'input').map(({ options }) => options?.validate);
    const bad = [
      ['  ', 'x'.repeat(300)],
      ['http://evil.example', 'evil[x](command:y)', 'https://a:evil@b.example', 'https://b.example/?evil'],
      ['', 'a b[x](command:y)'],
    ];
    for (const [index, inputs] of bad.entries()) {
      for (const text of inputs) {
        const problem = checks[index]?.(text);
        assert.ok(problem, text);
        assert.doesNotMatch(problem, /evil|command:/);
      }
    }
  });

  it('adds a given connection without questions, but tries it', async () => {
    const connection = {
      provider: 'powerbi',
      name: 'Contoso',
      auth: { method: 'accessToken', accessToken: 'token' },
    } as const;
    const deps = createFakeDeps();
    let attempts = 0;
    deps.attempt = async () => {
      attempts += 1;
    };
    assert.equal(await run(addTenant, deps, connection), 'added');
    assert.deepEqual([attempts, deps.added], [1, [connection]]);
    assert.deepEqual(deps.ui.shown, []);
  });

  it('lets a given connection that does not work be kept only', async () => {
    const deps = createFakeDeps('Keep Anyway');
    deps.attempt = () => Promise.reject(new AppError('forbidden', 'x'));
    await run(addTenant, deps, {
      provider: 'powerbi',
      name: 'Contoso',
      auth: { method: 'accessToken', accessToken: 'token' },
    });
    assert.deepEqual(deps.ui.shown[0]?.labels, ['Keep Anyway']);
    assert.equal(deps.added.length, 1);
  });

  it('refuses a given connection that cannot work', async () => {
    const deps = createFakeDeps();
    await assert.rejects(run(addTenant, deps, { provider: 'powerbi', name: 'x' }), (error) =>
      isAppError(error, 'invalid'),
    );
  });
});
