import assert from 'node:assert/strict';
import type { StoredConnection } from '../../../src/core/model.ts';
import { powerbi } from '../../../src/providers/powerbi/index.ts';
import { uipath } from '../../../src/providers/uipath/index.ts';

const admin: StoredConnection = { provider: 'powerbi', name: 'n', scope: 'admin', signIn: 'accessToken' };
const identity: StoredConnection = { provider: 'uipath', name: 'n', partitionGlobalId: 'P', signIn: 'accessToken' };
const group = { id: 'g', tenantId: 't', name: 'g', kind: 'workspace', details: { id: 'g' } };

function budgetOf({ requests }: typeof powerbi, connection: StoredConnection, tenantId = 't') {
  return requests.budget?.(requests.groups(connection), connection, tenantId);
}

describe('budgets', () => {
  it('are those of the documents for the admin routes of Power BI', () => {
    assert.deepEqual(budgetOf(powerbi, admin)?.limits, [
      { most: 50, within: 3_600_000 },
      { most: 15, within: 60_000 },
    ]);
    const members = powerbi.requests.budget?.(powerbi.requests.members(admin, group), admin, 't');
    assert.deepEqual(members?.limits, [{ most: 200, within: 3_600_000 }]);
    assert.notEqual(members?.key, budgetOf(powerbi, admin)?.key);
    assert.equal(budgetOf(powerbi, { ...admin, scope: 'member' }), undefined);
  });

  it('are shared by the tenants of one directory or organization', () => {
    const inDirectory = { ...admin, directoryId: 'D' };
    assert.equal(budgetOf(powerbi, inDirectory, 'a')?.key, budgetOf(powerbi, { ...admin, directoryId: 'd' }, 'b')?.key);
    assert.notEqual(budgetOf(powerbi, admin, 'a')?.key, budgetOf(powerbi, admin, 'b')?.key);
    assert.deepEqual(budgetOf(uipath, identity)?.limits, [{ most: 300, within: 300_000 }]);
    assert.equal(budgetOf(uipath, identity, 'a')?.key, budgetOf(uipath, identity, 'b')?.key);
  });

  it('are only those of the services themselves', () => {
    for (const endpoint of ['https://suite.example', 'http://127.0.0.1:8080']) {
      assert.equal(budgetOf(powerbi, { ...admin, endpoint }), undefined, endpoint);
      assert.equal(budgetOf(uipath, { ...identity, endpoint }), undefined, endpoint);
    }
  });
});
