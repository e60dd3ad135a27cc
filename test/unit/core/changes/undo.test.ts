import assert from 'node:assert/strict';
import type { Change, LoggedChange } from '../../../../src/core/changes/changes.ts';
import { undoWishes } from '../../../../src/core/changes/undo.ts';

const ana = { identifier: 'ana@x.com', principalType: 'user', name: 'Ana' };
let key = 0;

function entry(change: Partial<Change>, more: Partial<LoggedChange> = {}): LoggedChange {
  key += 1;
  const about = { kind: 'addMember', tenantId: 't', tenantName: 'T', groupId: 'g' } as const;
  return { key, plan: 'p', at: '', outcome: 'applied', isUndone: false, ...more, change: { ...about, ...change } };
}

describe('undoing', () => {
  beforeEach(() => {
    key = 0;
  });

  it('gives a deleted group back to the account of its own tenant', () => {
    const entries = ['a', 'b', 'c'].map((tenantId) => entry({ kind: 'deleteGroup', tenantId }));
    const accounts: Readonly<Record<string, string>> = { a: 'a@a.com', b: 'b@b.com' };
    const { wishes, impossible } = undoWishes(entries, (tenantId) => accounts[tenantId]);
    assert.deepEqual(wishes.map(({ tenantId, owner }) => [tenantId, owner]).sort(), [
      ['a', 'a@a.com'],
      ['b', 'b@b.com'],
    ]);
    assert.deepEqual(
      impossible.map(({ change }) => change.tenantId),
      ['c'],
    );
  });

  it('of a group that was made takes back what was done in it, too', () => {
    const made = entry({ kind: 'createGroup', after: { name: 'G' } });
    const { wishes } = undoWishes([made, entry({ principal: ana, after: { accessRight: 'Viewer' } })], undefined);
    assert.deepEqual(wishes, [{ kind: 'deleteGroup', tenantId: 't', groupId: 'g', undoes: [1, 2] }]);
  });

  it('of a right that was removed and not added again gives it back; of all else that is not certain, nothing', () => {
    const change: Partial<Change> = {
      ...{ kind: 'changeAccessRight', principal: ana, isRemovedAndAdded: true },
      ...{ before: { accessRight: 'Member' }, after: { accessRight: 'Viewer' } },
    };
    const unknown = { outcome: 'unknown' } as const;
    const { isRemovedAndAdded: _, ...simple } = change;
    assert.deepEqual(undoWishes([entry(simple, unknown)], undefined).wishes, []);
    assert.deepEqual(undoWishes([entry(change, unknown)], undefined).wishes, [
      { kind: 'addMember', tenantId: 't', groupId: 'g', undoes: [2], principal: ana, accessRight: 'Member' },
    ]);
  });
});
