import assert from 'node:assert/strict';
import { uipath } from '../../../../src/providers/uipath/index.ts';
import { errorReply } from '../replies.ts';

describe('Errors of UiPath', () => {
  it('are what their status says', () => {
    assert.equal(uipath.refineKind(errorReply(401)), 'notSignedIn');
    assert.equal(uipath.refineKind(errorReply(403)), 'forbidden');
    assert.equal(uipath.refineKind(errorReply(400)), undefined);
  });

  for (const [words, body] of [
    ["The value 'X' is not valid.", { errors: { partitionGlobalId: ["The value 'X' is not valid."] } }],
    [
      "One or more validation errors occurred. The value 'X' is not valid.",
      { title: 'One or more validation errors occurred.', status: 400, errors: { p: ["The value 'X' is not valid."] } },
    ],
    ['a b c', { errors: { x: ['a', 'b'], y: 'c', z: [{ code: 'd', description: 'a' }] } }],
    ['Name is taken.', { succeeded: false, errors: [{ code: 'Duplicate', description: 'Name is taken.' }] }],
    ['Duplicate', { errors: [{ code: 'Duplicate' }] }],
    ['plain', { errors: 'plain' }],
    ['t', { title: 't', message: 'm' }],
    ['m', { title: ' ', message: 'm', Message: 'M', errorCode: 1001, traceId: 'x' }],
    ['M', { Message: 'M', errorMessage: 'e' }],
    ['e', { errorMessage: 'e' }],
    ['inner', { error: { message: 'inner' } }],
    ['The token expired.', { error: 'invalid_token', error_description: 'The token expired.' }],
    ['invalid_token', { error: 'invalid_token' }],
    ['rate limited', 'rate limited'],
    [undefined, { errors: {} }],
    [undefined, { errors: [null, 5, {}] }],
    [undefined, '<html>'],
  ] as const) {
    it(`say in the service's own words: ${words}`, () =>
      assert.equal(uipath.errorMessage(errorReply(400, body)), words));
  }
});

describe('What UiPath may lack when it denies', () => {
  it('is the scope of what was asked for', () => {
    const connection = { provider: 'uipath', name: 'x', partitionGlobalId: 'p', signIn: 'oauth' } as const;
    const users = uipath.requests.ungrouped?.(connection);
    assert.ok(users);
    const robots = { ...users, shape: 'ungroupedRobots' };
    const advice = [uipath.requests.groups(connection), users, robots].map((one) => uipath.deniedAdvice?.(one));
    assert.deepEqual(
      advice,
      ['PM.Group.Read', 'PM.User.Read', 'PM.RobotAccount.Read'].map((scope) => `This needs the scope ${scope}.`),
    );
  });
});
