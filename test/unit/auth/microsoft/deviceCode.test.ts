import assert from 'node:assert/strict';
import type { MicrosoftDeps } from '../../../../src/auth/microsoft/deps.ts';
import type { SignInPrompts } from '../../../../src/auth/signIn.ts';
import { AppError, cancelled } from '../../../../src/core/errors.ts';
import { ana, contoso, type EntraServer, entraTenant, person, startEntra } from '../../../support/entra.ts';
import { isKind, never, type Stage, stage } from './stage.ts';

describe('signing in by a code', () => {
  let server: EntraServer;
  let window: Stage;
  const tenant = entraTenant('contoso', { signIn: 'deviceCode' });

  const open = async (description: Parameters<typeof startEntra>[0] = {}, deps: Partial<MicrosoftDeps> = {}) => {
    server = await startEntra(description);
    window = stage(server, { send: server.send, ...deps });
  };
  afterEach(async () => {
    await server.close();
  });

  const signIn = (prompts: SignInPrompts, signal = never) => {
    assert.ok(window.deviceCode.signIn);
    return window.deviceCode.signIn(tenant, prompts, signal);
  };

  const showing = (showCode: SignInPrompts['showCode']): SignInPrompts => ({ ...person(server, ''), showCode });

  /** How often the app has asked whether the code was entered. */
  const polls = () => server.sent.filter(({ body }) => body?.includes('grant_type=device_code')).length;

  async function untilPolled(times: number): Promise<void> {
    while (polls() < times) await new Promise((resolve) => setImmediate(resolve));
  }

  it('waits until the code is entered', async () => {
    await open();
    let isShown = true;
    const prompts = showing(async (code, signal) => {
      signal.addEventListener('abort', () => {
        isShown = false;
      });
      assert.match(code.userCode, /^\d{9}$/);
      assert.match(code.url, /\/devicelogin$/);
      assert.ok(code.expiresAt.getTime() > Date.now() + 890_000);
      await untilPolled(3);
      await person(server, ana.userName).showCode(code, signal);
    });
    const signedIn = await signIn(prompts);
    assert.deepEqual(signedIn.account, ana.userName);
    assert.equal(isShown, false, 'the code is shown no more');
    const token = await window.deviceCode.token({ ...tenant, accountId: signedIn.accountId });
    assert.equal(server.entra.grantOf(token)?.directory.id, contoso.id);
  });

  it('is what a remote window does, whose browser does not reach a listener', async () => {
    await open();
    const prompts = { ...person(server, ana.userName), openBrowser: () => assert.fail(), isRemote: true };
    assert.equal((await window.interactive.signIn?.(tenant, prompts, never))?.account, ana.userName);
  });

  it('asks less often when it is told to', async () => {
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => {
      waits.push(milliseconds);
    };
    await open({}, { sleep });
    const prompts = showing(async (code, signal) => {
      const slow = () => {
        const device = server.entra.devices.get(server.entra.deviceCodes.get(code.userCode) ?? '');
        assert.ok(device);
        device.state = 'slowDown';
      };
      slow();
      await untilPolled(2);
      slow();
      await untilPolled(5);
      await person(server, ana.userName).showCode(code, signal);
    });
    assert.equal((await signIn(prompts)).account, ana.userName);
    assert.deepEqual([waits[0], waits.at(-1)], [5_000, 10_000]);
  });

  it('says that the code has expired', async () => {
    await open({ deviceCode: { interval: 0.01, lifetime: 0 } });
    await assert.rejects(signIn(showing(async () => undefined)), isKind('timeout', /not entered in time.*AADSTS70020/));
  });

  it('says that the person declined', async () => {
    await open();
    await assert.rejects(signIn(person(server, ':cancel')), isKind('forbidden', /declined/));
  });

  it('ends when it is cancelled, and asks no more', async () => {
    await open({ deviceCode: { interval: 3600 } });
    const stop = new AbortController();
    const isShown = Promise.withResolvers<void>();
    const prompts = showing(async (_, signal) => {
      signal.addEventListener('abort', () => isShown.resolve());
      await untilPolled(1);
      stop.abort();
    });
    await assert.rejects(signIn(prompts, stop.signal), isKind('cancelled'));
    await isShown.promise;
    assert.equal(polls(), 1);
  });

  it('ends when the person puts the code away', async () => {
    await open();
    await assert.rejects(signIn(showing(() => Promise.reject(cancelled()))), isKind('cancelled'));
  });

  it('outlives a network that comes and goes', async () => {
    let faults = 0;
    const faulty: MicrosoftDeps['send'] = async (request, signal) => {
      if (request.body?.includes('grant_type=device_code') && polls() === 1 && faults++ < 3) {
        throw new AppError('offline', 'The connection was reset.');
      }
      return server.send(request, signal);
    };
    await open();
    window = stage(server, { send: faulty });
    const prompts = showing(async (code, signal) => {
      while (faults < 3) await new Promise((resolve) => setImmediate(resolve));
      await person(server, ana.userName).showCode(code, signal);
    });
    assert.equal((await signIn(prompts)).account, ana.userName);
  });

  it('says that the app is not known', async () => {
    await open({ apps: [] });
    await assert.rejects(signIn(person(server, ana.userName)), isKind('invalid', /AADSTS700016/));
  });
});
