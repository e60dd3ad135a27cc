import assert from 'node:assert/strict';
import { checkAuth, cleanPrivateKey, privateKeyProblem, signInMethods } from '../../../../src/core/auth/checkAuth.ts';
import { isAppError } from '../../../../src/core/errors.ts';
import type { SignInMethod } from '../../../../src/core/model.ts';
import type { Provider } from '../../../../src/core/provider/provider.ts';
import { fakeProviders } from '../../../support/fakeProviders.ts';

const [base] = fakeProviders;
assert.ok(base);
const all: SignInMethod[] = ['microsoft', 'interactive', 'deviceCode', 'clientCredentials', 'oauth', 'accessToken'];
const microsoft: Provider = { ...base, identity: 'microsoft', signInMethods: all };
const uipath: Provider = { ...base, identity: 'uipath', signInMethods: all };
const registered: Provider = { ...base, signInMethods: all };

const clientId = 'a3c7b1de-0000-4000-8000-1234567890ab';
const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKjMzEfYyjiWA4R4';
const privateKey = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
const thumbprintSha256 = `${'AB:'.repeat(31)}AB`;

describe('checkAuth', () => {
  it('takes every way of signing in, and the secret apart', () => {
    assert.deepEqual(checkAuth({ method: 'microsoft', clientId }, microsoft), {
      signIn: 'microsoft',
      secret: undefined,
    });
    for (const method of ['interactive', 'deviceCode', 'oauth'] as const) {
      const auth = { method, clientId: ` ${clientId} `, clientSecret: 'x' };
      assert.deepEqual(checkAuth(auth, microsoft), { signIn: method, clientId, secret: undefined });
    }
    const secret = { method: 'clientCredentials', clientId, clientSecret: ' a!b~c ' };
    for (const provider of [microsoft, uipath]) {
      assert.deepEqual(checkAuth(secret, provider).secret, { clientSecret: 'a!b~c' });
    }
    const certificate = { method: 'clientCredentials', clientId, certificate: { thumbprintSha256, privateKey } };
    assert.deepEqual(checkAuth(certificate, microsoft).secret, {
      certificate: { thumbprintSha256: 'ab'.repeat(32), privateKey: cleanPrivateKey(privateKey) },
    });
  });

  it('gives a provider of another extension plain tokens only', () => {
    assert.deepEqual(signInMethods(registered), ['accessToken']);
    assert.throws(() => checkAuth({ method: 'microsoft' }, registered), isInvalid);
  });

  for (const [what, auth, provider = microsoft] of [
    ['no application', { method: 'interactive' }],
    ['a blank application', { method: 'oauth', clientId: ' ' }],
    ['an application with a slash', { method: 'deviceCode', clientId: 'a/b' }],
    ['neither secret nor certificate', { method: 'clientCredentials', clientId }],
    [
      'secret and certificate',
      { method: 'clientCredentials', clientId, clientSecret: 'x', certificate: { thumbprintSha256, privateKey } },
    ],
    ['a blank secret', { method: 'clientCredentials', clientId, clientSecret: ' ' }],
    ['a secret in two lines', { method: 'clientCredentials', clientId, clientSecret: 'x\ny' }],
    [
      'a short fingerprint',
      { method: 'clientCredentials', clientId, certificate: { thumbprintSha256: 'ab', privateKey } },
    ],
    [
      'a key that is none',
      { method: 'clientCredentials', clientId, certificate: { thumbprintSha256, privateKey: 'hunter2' } },
    ],
    [
      'a certificate where the service takes none',
      { method: 'clientCredentials', clientId, certificate: { thumbprintSha256, privateKey } },
      uipath,
    ],
  ] as [string, unknown, Provider?][]) {
    it(`refuses ${what}`, () => {
      assert.throws(() => checkAuth(auth, provider), isInvalid);
    });
  }
});

describe('a private key', () => {
  it('may have lost its line breaks', () => {
    assert.equal(cleanPrivateKey(privateKey.replaceAll('\n', ' ')), cleanPrivateKey(privateKey));
  });

  it('must not be encrypted', () => {
    assert.equal(privateKeyProblem(privateKey.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE')), 'encrypted');
    assert.equal(privateKeyProblem(`-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n${body}`), 'encrypted');
  });
});

function isInvalid(error: unknown): boolean {
  assert.ok(!String(error).includes('hunter2') && !String(error).includes(body));
  return isAppError(error, 'invalid');
}
