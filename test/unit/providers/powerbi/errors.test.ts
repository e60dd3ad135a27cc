import assert from 'node:assert/strict';
import { powerbi } from '../../../../src/providers/powerbi/index.ts';
import { errorReply } from '../replies.ts';

const info = 'x-powerbi-error-info';
const notAuthorized = {
  code: 'PowerBINotAuthorizedException',
  'pbi.error': { code: 'PowerBINotAuthorizedException', parameters: {}, details: [] },
};

describe('Errors of Power BI', () => {
  for (const [kind, what, reply] of [
    ['notSignedIn', 'an expired token', errorReply(403, '', { [info]: 'TokenExpired' })],
    ['notSignedIn', 'a malformed token', errorReply(403, '', { [info]: 'InvalidToken' })],
    ['notSignedIn', 'no token', errorReply(403)],
    [
      'notSignedIn',
      'an expired token, older form',
      errorReply(403, {
        error: { code: 'TokenExpired', message: 'Access token has expired, resubmit with a new access token' },
      }),
    ],
    [
      'notSignedIn',
      'an expired token in the inner envelope',
      errorReply(403, { 'pbi.error': { code: 'TokenExpired' } }),
    ],
    [
      'notSignedIn',
      'conditional access',
      errorReply(401, '', { 'www-authenticate': 'Bearer realm="", error="insufficient_claims", claims="eyJ9"' }),
    ],
    [
      'notSignedIn',
      'a token for another service',
      errorReply(401, '', { 'www-authenticate': 'Bearer error="invalid_token"' }),
    ],
    ['forbidden', 'a workspace of others', errorReply(401, '', { [info]: 'GroupNotAccessible' })],
    ['forbidden', 'no administrator', errorReply(401, { error: notAuthorized })],
    ['forbidden', 'an empty 401', errorReply(401, '', { 'www-authenticate': 'Bearer' })],
    ['forbidden', 'another 403', errorReply(403, { error: { code: 'Forbidden' } })],
    ['forbidden', 'a 403 whose header says why', errorReply(403, '', { [info]: 'FeatureDisabled' })],
  ] as const) {
    it(`says ${kind} for ${what}`, () => assert.equal(powerbi.refineKind(reply), kind));
  }

  for (const [words, reply] of [
    [
      'Parameter PrincipalType or Identifier is missing or invalid',
      errorReply(400, {
        error: { code: 'InvalidRequest', message: 'Parameter PrincipalType or Identifier is missing or invalid' },
      }),
    ],
    [
      'PowerBIEntityNotFound',
      errorReply(404, { error: { code: 'PowerBIEntityNotFound', message: ' ', 'pbi.error': { code: 'Other' } } }),
    ],
    ['Inner', errorReply(404, { error: { 'pbi.error': { code: 'Inner' } } })],
    ['PowerBINotAuthorizedException', errorReply(401, { 'pbi.error': { code: 'PowerBINotAuthorizedException' } })],
    ['Retry in 3392 seconds.', errorReply(429, { message: 'Retry in 3392 seconds.' })],
    ['GroupNotAccessible', errorReply(401, '', { [info]: 'GroupNotAccessible' })],
    ['upstream connect error', errorReply(503, 'upstream connect error\r\n')],
    [undefined, errorReply(502, '<html><h1>Bad Gateway</h1></html>')],
  ] as const) {
    it(`says in the service's own words: ${words}`, () => assert.equal(powerbi.errorMessage(reply), words));
  }
});

describe('What Power BI may lack when it denies', () => {
  it('is the role of an administrator, where the whole tenant was asked for', () => {
    const connection = { provider: 'powerbi', name: 'x', signIn: 'microsoft' } as const;
    const advice = (scope: 'admin' | 'member') =>
      powerbi.deniedAdvice?.(powerbi.requests.groups({ ...connection, scope }));
    assert.match(advice('admin') ?? '', /Fabric administrator.*activated/);
    assert.equal(advice('member'), undefined);
  });
});
