import assert from 'node:assert/strict';
import { AppError } from '../../../../src/core/errors.ts';
import type { Row } from '../../../../src/tree/row.ts';
import { group, member, tenantRecord } from '../../../support/fakeReader.ts';
import { createFakeTree, textOf } from '../../../support/fakeTree.ts';

describe('the rows of tenants', () => {
  it('say which workspaces of a whole tenant are not read', async () => {
    const { model, reader } = createFakeTree();
    const connection = { provider: 'powerbi', name: 'Contoso', scope: 'admin', signIn: 'accessToken' } as const;
    const workspaces = { leaveOut: ['personal', 'orphaned'], capacityIds: ['c1', 'c2'] } as const;
    reader.setTenants([
      tenantRecord('all', { connection }),
      tenantRecord('some', { connection: { ...connection, workspaces } }),
    ]);
    const [all, some] = await Promise.all(
      model.roots().map(async (row) => ((await row.facts?.()) ?? []).map(({ label, value }) => `${label}: ${value}`)),
    );
    assert.ok(some?.includes('Left out: personal workspaces, workspaces without an administrator'));
    assert.ok(some?.includes('Only on the capacities: c1, c2'));
    assert.ok(!all?.some((line) => /^(Left out|Only on)/.test(line)));
  });

  it('show who is in no group below the groups, where the service tells', async () => {
    const { model, reader, sync, show } = createFakeTree({ pageSize: 2 });
    reader.setTenants([tenantRecord('r', { provider: 'uipath' }), tenantRecord('p')]);
    const [robots, powerbi] = model.roots() as [Row, Row];
    reader.setGroups('p', [group('p', 'g')]);
    assert.deepEqual(await show(powerbi), ['g']);
    sync.onLoad = () => Promise.reject(new AppError('offline', 'x'));
    assert.ok(!(await show(robots)).includes('In no group'));
    reader.setGroups(
      'r',
      [0, 1, 2].map((n) => group('r', `g${n}`, { name: `Workspace ${n}` })),
    );
    assert.deepEqual(await show(robots), ['Workspace 0', 'Workspace 1', 'Load more | 2 of 3 shown', 'In no group']);
    const last = (await robots.children?.())?.at(-1) as Row;
    assert.deepEqual([last.groupId, last.look().context, last.id], ['', 'noGroup', 'r/']);
    assert.equal(model.find({ tenantId: 'r', groupId: '' }), last);
    const spare = member('spare', { name: 'Spare', principalType: 'robot' });
    sync.onLoad = async () => reader.setMembers('r', '', [spare, member('ada', { name: 'Ada', email: 'a@b.c' })]);
    assert.deepEqual(await show(last), ['Ada | a@b.c', 'Spare']);
    assert.equal(textOf(last), 'In no group | 2');
    const found = model.find({ tenantId: 'r', groupId: '', memberId: 'spare' });
    assert.deepEqual([found?.look().icon, found?.look().context.trim()], ['hubot', 'member']);
    model.setFilter('r', 'Workspace 1');
    assert.ok(!(await show(robots)).includes('In no group | 2'));
    const again = model.find({ tenantId: 'r', groupId: '' }) as Row;
    assert.equal(model.filter('r'), undefined);
    reader.setMembers('r', '', [], { state: 'denied', kind: 'forbidden', count: 0, reason: 'No.' });
    model.onStoreChange({ tenantId: 'r', groupId: '' });
    assert.equal(textOf(again), 'In no group | no permission');
    reader.setMembers('r', '', []);
    assert.deepEqual(await show(again), ['Everyone is in a group']);
  });
});
