import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SignInTenant } from '../../../../src/auth/signIn.ts';
import { isAppError } from '../../../../src/core/errors.ts';
import { ana, type EntraServer, entraTenant, fabrikam, person, startEntra } from '../../../support/entra.ts';
import { isKind, never, type Stage, stage } from './stage.ts';
import { type SharedSecrets, sharedSecrets, type WindowSecrets } from './windows.ts';

interface Window {
  readonly signIns: Stage;
  readonly secrets: WindowSecrets;
}

describe('two windows with one Microsoft account', () => {
  let server: EntraServer;
  let shared: SharedSecrets;
  const home = entraTenant('home');
  const guest = entraTenant('guest', { directoryId: fabrikam.id });
  const accountId = `${ana.objectId}.${ana.home}`;
  const known = (tenant: SignInTenant): SignInTenant => ({ ...tenant, accountId });
  const key = `msal:public:${home.connection.clientId}:${accountId}`;

  before(async () => {
    server = await startEntra();
  });
  after(() => server.close());
  beforeEach(() => {
    shared = sharedSecrets();
  });

  function open(): Window {
    const secrets = shared.window();
    return { secrets, signIns: stage(server, { secrets }) };
  }

  const isStored = () => shared.stored.has(key);

  async function signIn({ signIns }: Window): Promise<void> {
    await signIns.deviceCode.signIn?.(home, person(server, ana.userName), never);
  }

  /** Lets what a change of a secret set off come to its end. */
  async function settle(windows: readonly Window[]): Promise<void> {
    for (let round = 0; round < 3; round++) {
      for (const { secrets } of windows) secrets.flush();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  const signedOut = isKind('notSignedIn');

  it('is signed in in both, and renewed for both', async () => {
    const [one, other] = [open(), open()];
    await signIn(one);
    await assert.rejects(other.signIns.deviceCode.token(known(home)), signedOut, 'not heard of yet');
    one.secrets.flush();
    const token = await other.signIns.deviceCode.token(known(home));
    const renewed = await one.signIns.deviceCode.token(known(home), { token });
    one.secrets.flush();
    assert.equal(await other.signIns.deviceCode.token(known(home), { token }), renewed);
  });

  it('keeps what each got for itself meanwhile', async () => {
    const [one, other] = [open(), open()];
    await signIn(one);
    one.secrets.flush();
    const token = await one.signIns.deviceCode.token(known(home));
    await Promise.all([
      one.signIns.deviceCode.token(known(home), { token }),
      other.signIns.deviceCode.token(known(guest)),
    ]);
    await settle([one, other]);
    for (const { signIns } of [one, other]) await signIns.deviceCode.token(known(guest));
    assert.ok(isStored());
  });

  it('goes on with what the other window has got when its own refresh token is refused', async () => {
    const [one, other] = [open(), open()];
    await signIn(one);
    one.secrets.flush();
    const token = await one.signIns.deviceCode.token(known(home));
    let isRevoked = false;
    const slow = stage(server, {
      secrets: other.secrets,
      send: async (request, signal) => {
        if (!isRevoked && request.body?.includes('grant_type=refresh_token')) {
          isRevoked = true;
          // While the request is on its way, a new sign-in ends the old session.
          server.entra.revoke(ana.userName);
          await signIn(one);
          one.secrets.flush();
        }
        return server.send(request, signal);
      },
    });
    const renewed = await slow.deviceCode.token(known(home), { token });
    assert.ok(server.entra.grantOf(renewed));
  });

  it('does not undo a sign-out by a renewal that was on its way', async () => {
    const [one, other] = [open(), open()];
    await signIn(one);
    one.secrets.flush();
    const token = await other.signIns.deviceCode.token(known(home));
    await one.signIns.deviceCode.signOut(known(home));
    // The other window has not heard of it.
    await other.signIns.deviceCode.token(known(home), { token });
    await settle([one, other]);
    for (const { signIns } of [one, other]) await assert.rejects(signIns.deviceCode.token(known(home)), signedOut);
    assert.equal(isStored(), false);
    await signIn(other);
    await settle([one, other]);
    await one.signIns.deviceCode.token(known(home));
  });

  it('does not lose a sign-in to what is done late about the sign-out before', async () => {
    const [one, other] = [open(), open()];
    await signIn(one);
    one.secrets.flush();
    await one.signIns.deviceCode.signOut(known(home));
    // The other window hears that the account is signed out, and still sees its secret.
    one.secrets.flushOne();
    await new Promise((resolve) => setImmediate(resolve));
    await signIn(one);
    one.secrets.flush();
    other.secrets.flush();
    await settle([one, other]);
    assert.equal(isStored(), true);
    for (const { signIns } of [one, other, open()]) await signIns.deviceCode.token(known(home));
  });

  it('goes on in memory when secrets cannot be written, and says so once', async () => {
    const one = open();
    one.secrets.failNext();
    await signIn(one);
    await one.signIns.deviceCode.token(known(home));
    const token = await one.signIns.deviceCode.token(known(home));
    one.secrets.failNext();
    await one.signIns.deviceCode.token(known(home), { token });
    assert.equal(one.signIns.failures(), 1);
  });

  it('loses no sign-in and undoes no sign-out in a hundred random schedules', async () => {
    const step = fc.record({
      window: fc.nat(1),
      action: fc.constantFrom(
        'token',
        'renew',
        'guest',
        'signOut',
        'flushOne',
        'flush',
        'fail',
        'kill',
        'crash',
        'signIn',
      ),
      isTogether: fc.boolean(),
    });
    const schedule = fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), fc.boolean(), (steps, isOut) =>
      run(steps, isOut),
    );
    await fc.assert(schedule, { numRuns: 100, endOnFailure: true });
  }).timeout(180_000);

  async function run(
    steps: readonly { window: number; action: string; isTogether: boolean }[],
    isSignedOutAtLast: boolean,
  ): Promise<void> {
    shared = sharedSecrets();
    const windows: [Window, Window] = [open(), open()];
    await signIn(windows[0]);
    await settle(windows);
    let running: Promise<unknown>[] = [];
    for (const { window: index, action, isTogether } of steps) {
      running.push(act(windows, index as 0 | 1, action));
      if (isTogether) continue;
      await Promise.all(running);
      running = [];
    }
    // In the end one window signs in, or out, and the other has writes of its own on their way.
    const last = windows[0].signIns.deviceCode;
    await Promise.all(running);
    if (!isSignedOutAtLast) {
      // What cannot be written cannot reach the other window.
      for (const { secrets } of windows) secrets.heal();
      await settle(windows);
      await signIn(windows[0]);
    }
    const renewing = act(windows, 1, 'renew');
    if (isSignedOutAtLast) await last.signOut(known(home));
    await renewing;
    await settle(windows);
    for (const { signIns } of windows) {
      const token = signIns.deviceCode.token(known(home));
      if (isSignedOutAtLast) await assert.rejects(token, signedOut);
      else await token;
    }
    await settle(windows);
    assert.equal(isStored(), !isSignedOutAtLast);
  }

  async function act(windows: [Window, Window], index: 0 | 1, action: string): Promise<void> {
    const { signIns, secrets } = windows[index];
    try {
      switch (action) {
        case 'token':
          await signIns.deviceCode.token(known(home));
          break;
        case 'guest':
          await signIns.deviceCode.token(known(guest));
          break;
        case 'renew':
          await signIns.deviceCode.token(known(home), { token: await signIns.deviceCode.token(known(home)) });
          break;
        case 'signOut':
          await signIns.deviceCode.signOut(known(home));
          break;
        case 'signIn':
          await signIn(windows[index]);
          break;
        case 'fail':
          secrets.failNext();
          break;
        case 'kill':
        case 'crash':
          secrets.kill(action === 'kill');
          windows[index] = open();
          break;
        default:
          secrets[action as 'flush' | 'flushOne']();
      }
    } catch (error) {
      // Nobody is signed in: as good an answer as a token.
      if (!isAppError(error, 'notSignedIn')) throw error;
    }
  }
});
