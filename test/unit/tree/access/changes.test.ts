import assert from 'node:assert/strict';
import { groupSubject } from '../../../../src/core/access/subject.ts';
import type { SnapshotChange, SnapshotComparison } from '../../../../src/core/savedSnapshots.ts';
import type { AccessRow } from '../../../../src/tree/access/accessRow.ts';
import { member } from '../../store/fixture.ts';
import { readerOf } from '../../store/world.ts';
import { modelOf, textsOf } from './fixture.ts';

const ada = { id: 'ada', name: 'Ada\u202e', email: 'ada@x.example', principalType: 'user', isGuest: true };
const sales = { groupId: 'sales', groupName: 'Sales' };

const comparison: SnapshotComparison = {
  tenantId: 'ws',
  tenant: 'Contoso',
  before: { label: 'Quarter', at: '2030-01-01T00:00:00.000Z' },
  after: { label: 'Now', at: '2030-02-01T00:00:00.000Z' },
  changes: [
    { what: 'groupCame', groupId: 'sales', groupName: 'Sales' },
    { what: 'groupWent', groupId: 'old', groupName: 'Old' },
    { what: 'groupRenamed', groupId: 'plan', groupName: 'Plans', before: 'Plan' },
    { what: 'gained', ...sales, member: ada, after: 'Admin' },
    { what: 'lost', ...sales, member: { ...ada, id: 'zoe', name: 'Zoe', isGuest: false }, before: 'Viewer' },
    { what: 'changed', ...sales, member: { ...ada, id: 'ben', name: 'Ben' }, before: 'Viewer' },
  ],
  gaps: [
    { before: 'complete', after: 'partial', unknown: 2 },
    { groupId: 'plan', groupName: 'Plans', before: 'complete', after: 'denied', unknown: 4 },
    { groupId: 'board', groupName: 'Board', before: 'denied', after: 'denied', unknown: 0 },
  ],
};

const scope =
  'Not all access is shown here | items shared one by one, audiences of apps and roles on folders are not in it';

function reader() {
  return readerOf({
    tenants: { ws: { sales: [member('ada', { name: 'Ada' }), member('ben', { name: 'Ben' })], plan: [] } },
  });
}

describe('changes in the view "Access"', () => {
  it('are told by what happened, gaps apart and never as a loss', async () => {
    const { model } = modelOf(reader());
    model.showChanges(comparison);
    assert.deepEqual(await textsOf(model.roots()), [
      'Contoso | from “Quarter” to “Now” · not all is known of both',
      'Gained access | 1',
      '  Ada‹U+202E› | Admin · Sales · Guest · ada@x.example',
      'Lost access | 1',
      '  Zoe | Viewer · Sales · ada@x.example',
      'Changed right | 1',
      '  Ben | Viewer → member · Sales · Guest · ada@x.example',
      'Groups that came | 1',
      '  Sales',
      'Groups that went | 1',
      '  Old',
      'Groups renamed | 1',
      '  Plans | before: Plan',
      'Not known | 3',
      '  The list of groups | complete → incomplete · 2 groups unknown',
      '  Plans | complete → no permission · 4 members unknown',
      '  Board | no permission',
      scope,
    ]);
  });

  it('lead to what the tree has still', async () => {
    const { model } = modelOf(reader());
    model.showChanges(comparison);
    const rows: AccessRow[] = [];
    for (const row of model.roots()) rows.push(...((await row.children?.()) ?? []));
    const targets = rows.map(({ look, tenantId, groupId, memberId }) => {
      const { context, click } = look();
      assert.equal(click?.command, 'tenantExplorer.showInTenants');
      return [context, tenantId, groupId, memberId];
    });
    assert.deepEqual(targets, [
      ['accessMember email', 'ws', 'sales', 'ada'],
      ['accessPast', 'ws', 'sales', undefined],
      ['accessMember email', 'ws', 'sales', 'ben'],
      ['accessGroup', 'ws', 'sales', undefined],
      ['accessPast', 'ws', undefined, undefined],
      ['accessGroup', 'ws', 'plan', undefined],
      ['accessGap', 'ws', undefined, undefined],
      ['accessGap', 'ws', 'plan', undefined],
      ['accessGap', 'ws', undefined, undefined],
    ]);
  });

  it('say where there are none', async () => {
    const { model } = modelOf(reader());
    model.showChanges({ ...comparison, changes: [], gaps: [] });
    assert.deepEqual(await textsOf(model.roots()), [
      'Contoso | from “Quarter” to “Now”',
      'Gained access | none',
      'Lost access | none',
      'Changed right | none',
      scope,
    ]);
  });

  it('come in pages', async () => {
    const { model, fired } = modelOf(reader(), { pageSize: 2 });
    const changes = ['a', 'b', 'c'].map(
      (id): SnapshotChange => ({ what: 'gained', ...sales, member: { ...ada, id, name: id } }),
    );
    model.showChanges({ ...comparison, changes, gaps: [] });
    const [, gained] = model.roots();
    const labels = async () => (await gained?.children?.())?.map((row) => row.look().label);
    assert.deepEqual(await labels(), ['a', 'b', 'Load more']);
    (await gained?.children?.())?.at(-1)?.more?.();
    assert.equal(fired.at(-1), gained?.id);
    assert.deepEqual(await labels(), ['a', 'b', 'c']);
  });

  it('make room for somebody’s access, and the other way round', async () => {
    const store = reader();
    const { model } = modelOf(store);
    const group = groupSubject(store, { tenantId: 'ws', groupId: 'sales' });
    assert.ok(group);
    await model.show([group]);
    model.showChanges(comparison);
    assert.deepEqual([model.subjects(), model.changes()], [[], comparison]);
    assert.match((await textsOf(model.roots()))[0] ?? '', /^Contoso/);
    await model.show([group]);
    assert.deepEqual([model.subjects(), model.changes()], [[group], undefined]);
    assert.match((await textsOf(model.roots()))[0] ?? '', /^Nsales/);
  });
});
