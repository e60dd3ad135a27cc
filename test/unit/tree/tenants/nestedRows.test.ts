import assert from 'node:assert/strict';
import type { Row } from '../../../../src/tree/row.ts';
import { comesTrue } from '../../../support/comesTrue.ts';
import { group, member, tenantRecord } from '../../../support/fakeReader.ts';
import { createFakeTree, textOf } from '../../../support/fakeTree.ts';

const guid = (number: number) => `00000000-0000-4000-8000-00000000000${number}`;
const [finance, interns] = [guid(1), guid(2)];
const nested = (id: string, name: string, fields = {}) => member(id, { name, principalType: 'group', ...fields });

function tree({ pageSize = 1000 } = {}) {
  const fake = createFakeTree({ pageSize });
  const { reader } = fake;
  reader.setTenants([
    tenantRecord('ws', { name: 'Contoso' }),
    tenantRecord('dir', { name: 'Directory', provider: 'entra' }),
  ]);
  reader.setGroups('ws', [group('ws', 'w', { name: 'Sales' })]);
  reader.setMembers('ws', 'w', [nested('f', 'Finance', { details: { graphId: finance }, accessRight: 'Viewer' })]);
  const below = async (...path: readonly number[]): Promise<readonly Row[]> => {
    let rows = fake.model.roots();
    for (const index of path) rows = (await rows[index]?.children?.()) ?? [];
    return rows;
  };
  const show = async (...path: readonly number[]) => (await below(...path)).map(textOf);
  return { ...fake, below, show };
}

describe('a group that is a member', () => {
  it('opens to its members, as a directory knows them', async () => {
    const { reader, below, show, sync } = tree();
    reader.setGroups('dir', [group('dir', finance), group('dir', interns)]);
    reader.setMembers('dir', finance, [member('zoe', { name: 'Zoe' }), nested(interns, 'Interns')]);
    reader.setMembers('dir', interns, []);
    assert.deepEqual(await show(0, 0), ['Finance | Viewer']);
    assert.deepEqual(await show(0, 0, 0), ['Interns', 'Zoe']);
    assert.deepEqual(await show(0, 0, 0, 0), ['No members']);
    const [, zoe] = await below(0, 0, 0);
    assert.deepEqual([zoe?.id, zoe?.tenantId, zoe?.groupId, zoe?.memberId], ['ws/w/f/zoe', 'dir', finance, 'zoe']);
    const [empty] = await below(0, 0, 0, 0);
    assert.deepEqual(
      [empty?.id, empty?.tenantId, empty?.groupId],
      ['empty:ws/w/f/00000000-0000-4000-8000-000000000002', 'dir', interns],
    );
    assert.deepEqual(sync.calls, []);
  });

  it('is loaded when it is first opened', async () => {
    const { reader, below, show, sync } = tree();
    reader.setGroups('dir', [group('dir', finance)]);
    sync.onLoad = async () => reader.setMembers('dir', finance, [member('zoe')]);
    const [row] = await below(0, 0);
    assert.ok(
      (await row?.facts?.())?.some(({ label, value }) => label === 'Members' && value === 'not loaded, by “Directory”'),
    );
    assert.deepEqual(await show(0, 0, 0), ['zoe']);
    assert.deepEqual(await show(0, 0, 0), ['zoe']);
    assert.deepEqual(sync.calls, [`members dir ${finance}`]);
    assert.ok((await row?.facts?.())?.some(({ value }) => value === '1 member, by “Directory”'));
  });

  it('has the groups of a directory loaded that never were', async () => {
    const { reader, show, sync } = tree();
    sync.onLoad = async (listing) => {
      if (listing.list === 'groups') reader.setGroups('dir', [group('dir', finance)]);
      else reader.setMembers('dir', finance, [member('zoe')]);
    };
    assert.deepEqual(await show(0, 0, 0), ['zoe']);
    assert.deepEqual(sync.calls, ['groups dir', `members dir ${finance}`]);
  });

  it('is shown and does not open where it is open above', async () => {
    const { reader, below, show } = tree();
    reader.setGroups('dir', [group('dir', finance), group('dir', interns)]);
    reader.setMembers('dir', finance, [nested(interns, 'Interns')]);
    reader.setMembers('dir', interns, [nested(finance, 'Finance')]);
    assert.deepEqual(await show(0, 0, 0, 0), ['Finance | already open above']);
    const [again] = await below(0, 0, 0, 0);
    assert.equal(again?.children, undefined);
    // Below the directory itself the round begins with the group's own row.
    assert.deepEqual(await show(1, 0, 0), ['Finance | already open above']);
  });

  it('says what is missing where nobody knows it', async () => {
    const { reader, below, show, sync } = tree();
    reader.setGroups('dir', []);
    assert.deepEqual(await show(0, 0, 0), [
      'Who is in this group is not known | None of the connected directories has it',
    ]);
    const [row] = await below(0, 0);
    assert.ok(
      (await row?.facts?.())?.some(({ value }) => value === 'not known: no tenant that was read has this group'),
    );

    reader.setTenants([tenantRecord('ws')]);
    assert.deepEqual(await show(0, 0, 0), [
      'Who is in this group is not known | Connect the Microsoft Entra directory that it belongs to',
    ]);
    const [note] = await below(0, 0, 0);
    assert.equal(note?.look().click?.command, 'tenantExplorer.addTenant');
    assert.deepEqual(sync.calls, []);
  });

  it('says so where a directory cannot be read, and offers to try again', async () => {
    const { reader, below, show, sync } = tree();
    sync.onLoad = async () =>
      reader.setGroups('dir', [], { state: 'denied', kind: 'forbidden', count: 0, reason: 'No right.' });
    assert.deepEqual(await show(0, 0, 0), [
      'Who is in this group is not known | The groups of “Directory” could not all be read',
    ]);
    const [note] = await below(0, 0, 0);
    assert.deepEqual([note?.tenantId, note?.groupId, note?.isNote], ['dir', undefined, true]);
    assert.match(note?.look().context ?? '', /\bretry\b/);
    assert.deepEqual(sync.calls, ['groups dir']);
  });

  it('hears of loads and changes of its members', async () => {
    const { reader, model, below, show, sync, fired } = tree();
    reader.setGroups('dir', [group('dir', finance)]);
    const { promise, resolve } = Promise.withResolvers<void>();
    sync.onLoad = () => promise;
    assert.deepEqual(await show(0, 0, 0), ['Loading…']);
    reader.setMembers('dir', finance, [member('zoe')]);
    fired.length = 0;
    resolve();
    await comesTrue(() => fired.includes('ws/w/f'));
    assert.deepEqual(await show(0, 0, 0), ['zoe']);

    fired.length = 0;
    reader.setMembers('dir', finance, [member('zoe'), member('tom')]);
    model.onStoreChange({ tenantId: 'dir', groupId: finance });
    await comesTrue(() => fired.includes('ws/w/f'));
    assert.equal((await below(0, 0, 0)).length, 2);
  });

  it('shows more by its own row', async () => {
    const { reader, model, below, show } = tree({ pageSize: 2 });
    reader.setGroups('dir', [group('dir', finance)]);
    reader.setMembers(
      'dir',
      finance,
      Array.from({ length: 5 }, (_, index) => member(`m${index}`)),
    );
    assert.deepEqual(await show(0, 0, 0), ['m0', 'm1', 'Load more | 2 of 5 shown']);
    const more = (await below(0, 0, 0)).at(-1);
    assert.ok(more);
    model.showMore(more);
    assert.equal((await show(0, 0, 0)).length, 5);
    model.showAll(more);
    assert.equal((await show(0, 0, 0)).length, 5);
  });
});
