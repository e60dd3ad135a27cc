import assert from 'node:assert/strict';
import { identityServerOf } from '../../../../src/auth/uipath/identityServer.ts';
import { isAppError } from '../../../../src/core/errors.ts';
import type { StoredConnection } from '../../../../src/core/model.ts';
import { uipath } from '../../../../src/providers/uipath/index.ts';

const of = (connection: Partial<StoredConnection>) =>
  identityServerOf({ provider: 'uipath', name: 'x', signIn: 'oauth', ...connection }, uipath);

describe('where UiPath’s people and applications sign in', () => {
  const own = (host: string) => ({ root: `https://${host}/identity_`, portal: `https://${host}` });
  for (const [endpoint, organization, expected] of [
    [undefined, undefined, own('cloud.uipath.com')],
    [undefined, 'acme', own('cloud.uipath.com')],
    // At the host in any case: organizations that sign in by Entra refuse their own.
    ['https://cloud.uipath.com/acme', 'acme', own('cloud.uipath.com')],
    ['https://cloud.uipath.com/acme/identity_', undefined, own('cloud.uipath.com')],
    ['https://staging.uipath.com', 'acme', own('staging.uipath.com')],
    ['https://alpha.uipath.com', 'acme', own('alpha.uipath.com')],
    ['https://govcloud.uipath.us', 'acme', own('govcloud.uipath.us')],
    ['https://acme.dedicated.uipath.com', 'acme', own('acme.dedicated.uipath.com')],
    // Installations of one's own have no portal that is known.
    ['https://suite.example', undefined, { root: 'https://suite.example/identity_' }],
    ['https://suite.example/acme', 'acme', { root: 'https://suite.example/identity_' }],
    ['https://suite.example/ACME', 'acme', { root: 'https://suite.example/identity_' }],
    ['https://suite.example/prefix', 'acme', { root: 'https://suite.example/prefix/identity_' }],
    ['https://suite.example/acme/identity_', 'acme', { root: 'https://suite.example/identity_' }],
    ['https://alone.example/identity', undefined, { root: 'https://alone.example/identity' }],
    ['https://alone.example/prefix/identity', undefined, { root: 'https://alone.example/prefix/identity' }],
    ['https://identity', undefined, { root: 'https://identity/identity_' }],
    // Names that only look like UiPath's.
    ['https://cloud.uipath.com.evil.example', 'acme', { root: 'https://cloud.uipath.com.evil.example/identity_' }],
    ['https://dedicated.uipath.com', 'acme', { root: 'https://dedicated.uipath.com/identity_' }],
    ['https://cloud.uipath.com:444', 'acme', { root: 'https://cloud.uipath.com:444/identity_' }],
    ['http://127.0.0.1:8080', 'acme', { root: 'http://127.0.0.1:8080/identity_' }],
  ] as const) {
    it(`is ${expected.root} for ${endpoint ?? 'the public cloud'}, ${organization ?? 'no organization'}`, () => {
      const given = { ...(endpoint ? { endpoint } : {}), ...(organization ? { organization } : {}) };
      assert.deepEqual(of(given), expected);
    });
  }

  it('is known by cloud, and nowhere for another one or without the provider', () => {
    assert.deepEqual(of({ cloud: 'usGov' }), own('govcloud.uipath.us'));
    const isInvalid = (error: unknown) => isAppError(error, 'invalid');
    assert.throws(() => of({ cloud: 'china' }), isInvalid);
    assert.throws(() => identityServerOf({ provider: 'uipath', name: 'x', signIn: 'oauth' }, undefined), isInvalid);
  });
});
