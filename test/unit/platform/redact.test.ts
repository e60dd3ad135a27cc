import assert from 'node:assert/strict';
import { redact } from '../../../src/platform/redact.ts';
import { makeAppCertificate } from '../../support/appCertificate.ts';

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbmEifQ.c2lnbmF0dXJl';
const personal = 'rt_0123456789ABCDEF.abc-def';

describe('what goes to the log', () => {
  for (const [text, expected] of [
    [`Authorization: Bearer ${jwt}`, 'Authorization: Bearer ‹token›'],
    ['authorization: basic dXNlcjpwYXNz==', 'authorization: basic ‹token›'],
    [`refused ${jwt}.`, 'refused ‹token›'],
    [`refused ${jwt.slice(0, 20)}… and so on`, 'refused ‹token›… and so on'],
    [`not accepted: ${personal}`, 'not accepted: ‹token›'],
    ['{"access_token":"abc","refreshToken":"1.AXoA-x"}', '{"access_token":"‹secret›","refreshToken":"‹secret›"}'],
    ["{ clientSecret: 'a~b.c', clientId: 'app' }", "{ clientSecret: '‹secret›', clientId: 'app' }"],
    ['grant_type=refresh_token&refresh_token=0.A&scope=x', 'grant_type=refresh_token&refresh_token=‹secret›&scope=x'],
    [
      'client_secret=x&code_verifier=y&id_token = z',
      'client_secret=‹secret›&code_verifier=‹secret›&id_token = ‹secret›',
    ],
    ['http://localhost:8104/?code=abc&state=s', 'http://localhost:8104/?code=‹secret›&state=s'],
    ['device_code=abc', 'device_code=‹secret›'],
    ['ana.meyer+x@contoso.example has left', '‹e-mail› has left'],
    ['(ana_fabrikam.example#EXT#@contoso.example)', '(‹e-mail›)'],
    ['GET https://api.powerbi.com/v1.0/myorg/groups 403', 'GET https://api.powerbi.com/v1.0/myorg/groups 403'],
    ['AADSTS65001: no consent, code 17', 'AADSTS65001: no consent, code 17'],
  ] as const) {
    it(`is ${expected}`, () => assert.equal(redact(text), expected));
  }

  const { privateKey } = makeAppCertificate();
  const body = privateKey.split('\n').slice(1, -2);
  for (const [what, text] of [
    ['as it is', privateKey],
    ['in JSON', JSON.stringify({ privateKey })],
    ['in JSON with other fields', JSON.stringify({ private_key: privateKey, clientId: 'app' })],
    ['cut off', privateKey.slice(0, 200)],
    ['of another kind', privateKey.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')],
    ['behind its name', `privateKey: ${privateKey}`],
    ['in one line', `privateKey=${privateKey.replaceAll('\n', ' ')}`],
  ] as const) {
    it(`has nothing of a private key ${what}`, () => {
      const told = redact(text);
      for (const line of body) assert.ok(!told.includes(line.slice(0, 20)), told);
      assert.equal(told.includes('clientId'), text.includes('clientId'));
    });
  }
});
