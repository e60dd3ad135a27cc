import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { mock } from 'node:test';
import { AppError, type ErrorKind, isAppError } from '../../../../src/core/errors.ts';
import { organizationId } from '../../../support/identityServer.ts';
import { clientId, granted, issuer, json, jwt, type Stage, stage } from './stage.ts';

const never = new AbortController().signal;

function isKind(kind: ErrorKind, words = /./) {
  return (error: unknown) => isAppError(error, kind) && words.test(error.message);
}

function signIn({ signIns, tenant, prompts }: Stage, signal = never) {
  assert.ok(signIns.signIn);
  return signIns.signIn(tenant, prompts, signal);
}

describe('a person who signs in to UiPath', () => {
  it('leaves nothing behind when they cancel while the name of the organization is asked for', async () => {
    const played = await stage();
    await signIn(played);
    const before = await played.kept();
    assert.ok(before?.refreshToken);
    const stop = new AbortController();
    played.cloud.token = () => granted({ access_token: jwt({ prt_id: organizationId, sub: 'ben' }) });
    played.cloud.portal = (_, signal) =>
      new Promise((__, reject) => {
        signal?.addEventListener('abort', () => reject(new AppError('cancelled', 'x')));
        stop.abort();
      });
    await assert.rejects(signIn(played, stop.signal), isKind('cancelled'));
    assert.deepEqual(await played.kept(), before);
  });

  for (const [connection, expected] of [
    [{ organization: 'robots' }, 'tenantName:robots'],
    [{ organization: organizationId }, `tenant:${organizationId}`],
    [{ partitionGlobalId: organizationId }, `tenant:${organizationId}`],
    [{}, null],
  ] as const) {
    it(`asks for the sign-in page of ${expected ?? 'any organization'} where that is wanted`, async () => {
      const wanting = await stage({ sendsOrganization: true }, connection);
      await signIn(wanting);
      assert.equal(wanting.opened[0]?.searchParams.get('acr_values'), expected);
      const usual = await stage({}, connection);
      await signIn(usual);
      assert.equal(usual.opened[0]?.searchParams.get('acr_values'), null);
    });
  }

  it('is asked again when the session was ended, without sending the refresh token for every listing', async () => {
    const played = await stage();
    await signIn(played);
    played.passed = 3600;
    played.cloud.token = () => json({ error: 'invalid_grant' }, 400);
    const before = played.sent.length;
    for (let listing = 0; listing < 3; listing += 1) {
      await assert.rejects(played.signIns.token(played.tenant), isKind('notSignedIn', /invalid_grant/));
    }
    assert.equal(played.sent.length, before + 1);
    played.cloud.token = () => granted({ access_token: 'new', refresh_token: 'new' });
    await signIn(played);
    assert.equal(await played.signIns.token(played.tenant), 'new');
  });

  it('is waited for on 127.0.0.1 alone, for five minutes', async () => {
    const played = await stage();
    const opened = Promise.withResolvers<URL>();
    const openBrowser = async (url: string) => {
      opened.resolve(new URL(url));
      return true;
    };
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const attempt = signIn({ ...played, prompts: { ...played.prompts, openBrowser } });
      const outcome = attempt.then(
        () => 'signed in',
        (error: Error) => error.message,
      );
      const { port } = new URL((await opened.promise).searchParams.get('redirect_uri') ?? '');
      assert.equal(await answers('127.0.0.1', port), true);
      for (const elsewhere of ['127.0.0.2', '::1']) assert.equal(await answers(elsewhere, port), false, elsewhere);
      mock.timers.tick(5 * 60_000 - 1);
      const waiting = new Promise((resolve) => setImmediate(resolve, 'waiting'));
      assert.equal(await Promise.race([outcome, waiting]), 'waiting');
      mock.timers.tick(1);
      assert.equal(await outcome, 'Nobody signed in within 5 minutes.');
      assert.equal(await answers('127.0.0.1', port), false);
    } finally {
      mock.timers.reset();
    }
  });

  describe('and whose tokens are said to be of somebody else', () => {
    const foreign = 'https://identity.evil.example';
    const idToken = (claims: object) => {
      const now = Math.floor(Date.now() / 1000);
      return jwt({ iss: issuer, aud: clientId, sub: 'ana', iat: now, exp: now + 3600, ...claims });
    };

    it('signs in where all say to be the one issuer', async () => {
      const played = await stage();
      played.cloud.configuration = () => json({ issuer, authorization_response_iss_parameter_supported: true });
      played.callback = { iss: issuer };
      played.cloud.token = () => granted({ id_token: idToken({}) });
      assert.equal((await signIn(played)).accountId, 'ana');
    });

    const announced = { issuer, authorization_response_iss_parameter_supported: true };
    for (const [what, configuration, callback, claims] of [
      ['the browser names another issuer', announced, { iss: foreign }, {}],
      ['the browser names another issuer unasked', { issuer }, { iss: foreign }, {}],
      ['the browser names no issuer although the service says so', announced, {}, {}],
      ['the service claims to be an issuer elsewhere', { ...announced, issuer: foreign }, { iss: foreign }, {}],
      ['the token names another issuer', { issuer }, {}, { iss: foreign }],
      ['the token is for another application', { issuer }, {}, { aud: 'another' }],
    ] as const) {
      it(`is refused where ${what}`, async () => {
        const played = await stage();
        played.cloud.configuration = () => json(configuration);
        played.callback = callback;
        played.cloud.token = () => granted({ id_token: idToken(claims) });
        await assert.rejects(signIn(played), isKind('badResponse', /unexpected answer/));
        assert.equal(await played.kept(), undefined);
      });
    }
  });
});

/** Whether anybody listens. */
function answers(host: string, port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port) });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
