import assert from 'node:assert/strict';
import { errorOfReply } from '../../../../src/core/http/http.ts';

const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';

function claimsOf(challenge: string | undefined): string | undefined {
  const header = (name: string) => (name.toLowerCase() === 'www-authenticate' ? challenge : undefined);
  return errorOfReply({ status: 401, header, bytes: new Uint8Array() }, {}, new Date())?.claims;
}

describe('the claims of a challenge', () => {
  it('are read from Base64, as services send them', () => {
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"`;
    assert.equal(claimsOf(challenge), claims);
  });

  it('are absent where nothing asks for them', () => {
    assert.equal(claimsOf(undefined), undefined);
    assert.equal(claimsOf('Bearer error="invalid_token"'), undefined);
  });
});
