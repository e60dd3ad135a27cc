import assert from 'node:assert/strict';
import { createMemorySecrets } from '../../../../src/auth/memorySecrets.ts';
import { createTenantSecrets } from '../../../../src/auth/tenantSecrets.ts';
import { createSessions } from '../../../../src/auth/uipath/sessions.ts';
import { AppError, isAppError } from '../../../../src/core/errors.ts';
import type { TenantRecord } from '../../../../src/core/model.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { tenantRecord } from '../../../support/fakeReader.ts';
import { createSingleUseTokens } from '../../../support/singleUseTokens.ts';
import { granted, stage } from './stage.ts';

const id = 'robots';
const never = new AbortController().signal;
const full = new AppError('unavailable', 'The store could not be used. The disk is full.', { storeFault: 'full' });

describe('a UiPath session that is renewed', () => {
  let record: TenantRecord | undefined;
  /** What counting comes to, after the first sign-in. */
  let count: (from: number | undefined) => Promise<number | undefined>;
  const tokens = createSingleUseTokens(async () => undefined);

  async function signedIn() {
    record = tenantRecord(id, { provider: 'uipath' });
    const store = createMemorySecrets();
    const own = { server: 'https://cloud.uipath.com/identity_', clientId: 'app' };
    count = async () => counted();
    const sessions = createSessions({
      secrets: createTenantSecrets(store),
      reader: { tenant: () => record },
      writer: { nextGeneration: (_, from) => count(from) },
      lock: (_, task) => task(),
      patience: { arrival: 0 },
      send: () => Promise.reject(new Error('Nothing is sent here.')),
      provider: () => undefined,
      uipath: () => ({ redirectPorts: [], sendsOrganization: false }),
      t: translate,
    });
    await sessions.begin(id, tokens.signIn(), own);
    const renew = () =>
      sessions.renewed(
        id,
        () => false,
        ({ refreshToken }) => tokens.refresh(refreshToken, () => undefined),
      );
    return { sessions, store, renew };
  }

  function counted(): number {
    const generation = (record?.generation ?? 0) + 1;
    if (record) record = { ...record, generation };
    return generation;
  }

  it('while the store fails is kept all the same, and is the one that is used next', async () => {
    const { sessions, renew } = await signedIn();
    count = () => Promise.reject(full);
    const first = await renew();
    assert.deepEqual(await sessions.newest(id), first);
    const second = await renew();
    count = async () => counted();
    const third = await renew();
    assert.equal(new Set([first, second, third].map(({ accessToken }) => accessToken)).size, 3);
    assert.deepEqual(await sessions.newest(id), third);
    assert.deepEqual(tokens.reused, []);
  });

  it('may have been counted although the store failed', async () => {
    const { sessions, renew } = await signedIn();
    count = async () => {
      counted();
      throw full;
    };
    const session = await renew();
    assert.equal(session.generation, record?.generation);
    assert.deepEqual(await sessions.newest(id), session);
  });

  for (const [what, fails] of [
    ['', false],
    [' although the store failed', true],
  ] as const) {
    // The lock keeps a sign-out waiting, unless it lasts so long that it counts as left behind.
    it(`undoes no sign-out or removal that came before it was written${what}`, async () => {
      for (const end of [
        () => {
          counted();
          if (record) record = { ...record, isSignedOut: true };
        },
        () => {
          record = undefined;
        },
      ]) {
        const { store, renew } = await signedIn();
        count = async () => {
          const generation = counted();
          end();
          await store.delete(`tenant:${id}`);
          if (fails) throw full;
          return generation;
        };
        await assert.rejects(renew(), (error) => isAppError(error, 'notSignedIn'));
        assert.equal(await store.get(`tenant:${id}`), undefined);
      }
    });
  }

  it('ahead of time goes on with the old token while the sign-in service fails, not when the own store does', async () => {
    for (const [error, outcome] of [
      [new AppError('unavailable', 'Another window is renewing the sign-in.'), 'access'],
      [full, full.message],
    ] as const) {
      let isLocked = false;
      const lock = <T>(_: string, task: () => Promise<T>) => (isLocked ? Promise.reject(error) : task());
      const played = await stage({ lock });
      played.cloud.token = () => granted({});
      await played.signIns.signIn?.(played.tenant, played.prompts, never);
      isLocked = true;
      played.passed = 3500;
      const token = played.signIns.token(played.tenant).catch(({ message }: Error) => message);
      assert.equal(await token, outcome);
    }
  });
});
