import assert from 'node:assert/strict';
import { errorOfReply } from '../../../src/core/http/http.ts';
import { optionsOf, wantedOf } from '../../../src/platform/vscodeSession.ts';

const account = { id: 'ana', label: 'ana@contoso.example' };
const scopes = ['https://graph.microsoft.com/.default', 'VSCODE_TENANT:contoso.example'];
const request = { provider: 'microsoft', scopes, ask: 'never' } as const;

describe('a session of VS Code’s account', () => {
  for (const [ask, whose, expected] of [
    ['never', account, { account, silent: true }],
    ['ifNeeded', account, { account, createIfNone: true }],
    ['ifNeeded', undefined, { createIfNone: true, clearSessionPreference: true }],
    ['always', account, { account, forceNewSession: true }],
    ['always', undefined, { forceNewSession: true }],
  ] as const) {
    it(`is asked for by ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(optionsOf({ ...request, ask, ...(whose ? { account: whose } : {}) }), expected);
    });
  }

  it('is asked for by its scopes, or by the challenge of a service', () => {
    assert.deepEqual(wantedOf(request), scopes);
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}},"é":1}';
    const wanted = wantedOf({ ...request, claims });
    assert.ok('wwwAuthenticate' in wanted);
    assert.deepEqual(wanted.fallbackScopes, scopes);
    assert.match(wanted.wwwAuthenticate, /^Bearer .*error="insufficient_claims"/);
    // What is read from a service's own challenge is what goes into this one.
    const header = (name: string) => (name === 'www-authenticate' ? wanted.wwwAuthenticate : undefined);
    assert.equal(errorOfReply({ status: 401, header, bytes: new Uint8Array() }, {}, new Date())?.claims, claims);
  });
});
