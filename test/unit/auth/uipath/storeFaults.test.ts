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

describe('a store that fails while a UiPath session is renewed', () => {
  let record: TenantRecord | undefined;
  /** What writing to the store comes to, after the first sign-in. */
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

  it('costs no sign-in: the new tokens are kept, and are the ones that are used next', async () => {
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

  it('may have counted all the same', async () => {
    const { sessions, renew } = await signedIn();
    count = async () => {
      counted();
      throw full;
    };
    const session = await renew();
    assert.equal(session.generation, record?.generation);
    assert.deepEqual(await sessions.newest(id), session);
  });

  it('undoes no sign-out that came meanwhile', async () => {
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
      const before = await store.get(`tenant:${id}`);
      count = async () => {
        end();
        throw full;
      };
      await assert.rejects(renew(), (error) => isAppError(error, 'notSignedIn'));
      // Whoever signed out takes away what was there before.
      assert.ok([undefined, before].includes(await store.get(`tenant:${id}`)));
    }
  });

  it('is told, as no fault of the sign-in service that would pass while the token is good', async () => {
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
