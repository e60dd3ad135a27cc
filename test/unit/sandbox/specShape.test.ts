import assert from 'node:assert/strict';
import { mismatches, readSpec, replySchema } from '../../support/specShape.ts';

const powerBI = readSpec('powerbi');
const users = replySchema(powerBI, '/v1.0/myorg/groups/{groupId}/users');
const good = { groupUserAccessRight: 'Admin', identifier: 'a@b.c', principalType: 'User' };

describe('the shape checker', () => {
  const cases: [what: string, row: unknown, found: string[]][] = [
    ['a good row', good, []],
    [
      'a missing property',
      { ...good, identifier: undefined },
      ['$.value[].identifier: undefined is not of type string'],
    ],
    [
      'a right that does not exist',
      { ...good, groupUserAccessRight: 'Boss' },
      ['$.value[].groupUserAccessRight: Boss is not of the enumeration'],
    ],
    ['a wrong type', { ...good, displayName: 7 }, ['$.value[].displayName: 7 is not of type string']],
    ['null', { ...good, displayName: null }, ['$.value[].displayName: null']],
    ['an undocumented property', { ...good, hat: 'red' }, ['$.value[].hat: undocumented']],
    ['an id that is no GUID', { ...good, profile: { id: 'x' } }, ['$.value[].profile.id: x is no uuid']],
    ['what is no object', 'row', ['$.value[]: not an object']],
    [
      'a required property that is absent',
      { groupUserAccessRight: 'Admin', principalType: 'User' },
      ['$.value[].identifier: missing'],
    ],
  ];
  for (const [what, row, found] of cases) {
    it(`judges ${what}`, () => assert.deepEqual(mismatches(powerBI, users, { value: [row] }), found));
  }

  it('takes any of several shapes', () => {
    const uiPath = readSpec('uipath');
    const group = replySchema(uiPath, '/api/Group/{partitionGlobalId}/{groupId}');
    const withMember = (member: unknown) => mismatches(uiPath, group, { type: 0, members: [member] });
    assert.deepEqual(withMember({ objectType: 'DirectoryApplication', applicationId: null }), []);
    assert.deepEqual(withMember({ objectType: 'DirectoryUser', city: 5 }).length, 1);
    assert.deepEqual(mismatches(uiPath, group, { type: 7, members: null }).length, 1);
  });
});
