import assert from 'node:assert/strict';
import { AppError } from '../../../../src/core/errors.ts';
import { hideToken } from '../../../../src/core/http/hideToken.ts';

const token = 'eyJhbGciOiJSUzI1NiJ9.payload.signature';

describe('an error that repeats a token', () => {
  it('loses the token, also a shortened one, and its cause', () => {
    const error = new AppError('forbidden', `No ${token} and no ${token.slice(0, 20)}…`, { cause: token });
    const hidden = hideToken(error, token);
    assert.equal(hidden.message, 'No ‹token› and no ‹token›…');
    assert.equal(hidden.cause, undefined);
  });

  it('keeps what it asks for', () => {
    const retryAt = new Date(0);
    const told = { retryAt, isCutOff: true, status: 401, claims: '{"access_token":{}}' };
    const { kind, ...hidden } = hideToken(new AppError('notSignedIn', token, told), token);
    assert.equal(kind, 'notSignedIn');
    for (const [name, value] of Object.entries(told)) assert.equal(hidden[name as keyof typeof told], value, name);
  });

  it('is left as it is where it repeats none', () => {
    const error = new AppError('forbidden', 'No.', { cause: 'why' });
    assert.equal(hideToken(error, token), error);
  });
});
