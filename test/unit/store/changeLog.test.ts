import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Change } from '../../../src/core/changes/changes.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openForWriting } from '../../../src/store/open.ts';
import { contosoWith, openReader, storePath } from './fixture.ts';

const ana = { identifier: 'ana@contoso.example', principalType: 'user', name: 'Ana' };
const about = { tenantId: 'contoso', tenantName: 'Contoso', groupId: 'g', groupName: 'Group' };
const adding: Change = { kind: 'addMember', ...about, principal: ana, after: { accessRight: 'Viewer' } };
const removing: Change = {
  kind: 'removeMember',
  ...about,
  principal: ana,
  before: { accessRight: 'Viewer' },
  undoes: [1],
};

describe('the change log', () => {
  it('holds a plan before anything of it is done, and what became of each change', async () => {
    const { writer, path } = contosoWith('g');
    const keys = writer.logPlan({ id: 'p', owner: 'w', changes: [{ ...adding, account: 'me' }, adding] });
    const reader = openReader(path);
    const at = (await reader.changeLog({ limit: 1 }))[0]?.at;
    assert.deepEqual(await reader.unfinishedPlans(), [{ plan: 'p', owner: 'w', changes: 2, at }]);
    writer.logOutcome(keys.slice(0, 1), { outcome: 'begun' });
    writer.logOutcome(keys.slice(0, 1), { outcome: 'applied', requestId: 'r' });
    writer.logOutcome(keys.slice(0, 1), { isSeen: true });
    writer.logOutcome(keys.slice(1), { outcome: 'failed', reason: 'No.' });
    assert.deepEqual(await reader.unfinishedPlans(), []);
    const [failed, applied] = await reader.changeLog({ limit: 9 });
    assert.deepEqual(
      { ...applied, at: '' },
      {
        ...{ key: keys[0], plan: 'p', at: '', account: 'me', requestId: 'r', isSeen: true },
        ...{ change: adding, outcome: 'applied', isUndone: false },
      },
    );
    assert.deepEqual([failed?.outcome, failed?.reason, failed?.isSeen], ['failed', 'No.', undefined]);
  });

  it('tells what is undone, once the undoing was done', async () => {
    const { writer, path } = contosoWith('g');
    const [first = 0] = writer.logPlan({ id: 'p', owner: 'w', changes: [adding] });
    writer.logOutcome([first], { outcome: 'applied' });
    const undo = writer.logPlan({ id: 'q', owner: 'w', changes: [{ ...removing, undoes: [first] }] });
    const isUndone = async () => (await openReader(path).changeLog({ keys: [first], limit: 1 }))[0]?.isUndone;
    writer.logOutcome(undo, { outcome: 'unknown' });
    assert.equal(await isUndone(), false);
    writer.logOutcome(undo, { outcome: 'applied' });
    assert.equal(await isUndone(), true);
  });

  it('takes note of what somebody else took back', async () => {
    const { writer, path } = contosoWith('g');
    const keys = writer.logPlan({ id: 'p', owner: 'w', changes: [adding, adding] });
    writer.logOutcome(keys.slice(0, 1), { isUndone: true });
    writer.logOutcome(keys.slice(0, 1), { isSeen: false });
    const log = await openReader(path).changeLog({ limit: 9 });
    assert.deepEqual(
      log.map(({ isUndone, outcome }) => [isUndone, outcome]),
      [
        [false, 'planned'],
        [true, 'planned'],
      ],
    );
  });

  it('outlives loaded rows, their retention, and the tenant', async () => {
    const { writer, path } = contosoWith('g');
    writer.logPlan({ id: 'p', owner: 'w', changes: [adding] });
    writer.forgetOlderThan('2999-01-01T00:00:00.000Z');
    writer.removeAllRows();
    writer.removeTenant('contoso');
    const reader = openReader(path);
    assert.equal((await reader.changeLog({ limit: 9 })).length, 1);
    assert.equal((await reader.changeLog({ tenantId: 'other', limit: 9 })).length, 0);
  });

  it('is added to a store of the version before, in which every tenant is read-only', async () => {
    const path = storePath();
    mkdirSync(dirname(path));
    const db = new DatabaseSync(path);
    for (const step of migrations.slice(0, 6)) typeof step === 'string' ? db.exec(step) : step(db);
    db.exec(`INSERT INTO tenant (id, provider, name, connection) VALUES ('contoso', 'test', 'Contoso',
      '{"provider":"test","name":"Contoso","signIn":"accessToken"}'); PRAGMA user_version = 6`);
    db.close();
    openForWriting(path).db.close();
    const reader = openReader(path);
    assert.equal(reader.tenant('contoso')?.allowsChanges, undefined);
    assert.deepEqual(await reader.changeLog({ limit: 9 }), []);
  });

  it('stands beside whether a tenant may be changed, which lasts until it is taken back', () => {
    const { writer, path } = contosoWith('g');
    writer.setAllowsChanges('contoso', true);
    const reader = openReader(path);
    assert.equal(reader.tenant('contoso')?.allowsChanges, true);
    writer.updateTenant('contoso', { name: 'Other' });
    assert.equal(reader.tenant('contoso')?.allowsChanges, true);
    writer.setAllowsChanges('contoso', false);
    assert.equal(reader.tenant('contoso')?.allowsChanges, undefined);
  });
});
