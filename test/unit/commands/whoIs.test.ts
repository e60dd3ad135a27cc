import assert from 'node:assert/strict';
import { whoIs } from '../../../src/commands/change/changeWords.ts';
import { principalOf } from '../../../src/core/changes/planWorld.ts';
import { decodeMember } from '../../../src/providers/powerbi/decodeMember.ts';

/** An app as Power BI sends it. */
function shown(profile?: unknown): string {
  const row = decodeMember({
    identifier: 'app-id',
    displayName: 'Loader',
    principalType: 'App',
    groupUserAccessRight: 'Member',
    profile,
  });
  assert.ok(row);
  return whoIs(principalOf({ ...row, details: row.details ?? {} }));
}

describe('who is meant by a change', () => {
  it('is told with the profile of an app, by which it is one of several members', () => {
    assert.equal(shown(), 'Loader (app-id)');
    assert.equal(shown({ id: 'p1', displayName: 'Customer A' }), 'Loader (app-id, Customer A)');
    assert.equal(shown({ id: 'p1' }), 'Loader (app-id, p1)');
  });
});
