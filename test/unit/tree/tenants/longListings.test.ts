import assert from 'node:assert/strict';
import type { Row } from '../../../../src/tree/row.ts';
import { group, tenantRecord } from '../../../support/fakeReader.ts';
import { createFakeTree } from '../../../support/fakeTree.ts';

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => group('t', `g${index}`, { name: `Workspace ${index}` }));

function tree() {
  const fake = createFakeTree();
  fake.reader.setTenants([tenantRecord('t', { name: 'Contoso' })]);
  return { ...fake, tenant: fake.model.roots()[0] as Row };
}

describe('a long listing', () => {
  it('shows a screenful first, and the rest by itself', async () => {
    const { reader, tenant, show, fired, nextFire } = tree();
    reader.setGroups('t', many(900));
    assert.equal((await show(tenant)).at(-1), 'Load more | 250 of 900 shown');
    await nextFire();
    assert.deepEqual(fired, ['t']);
    const rows = await show(tenant);
    assert.deepEqual([rows.length, rows.at(-1)], [900, 'Workspace 899']);
    assert.equal((await show(tenant)).length, 900);
  });

  it('tells the end of a load again as long as its rows are not asked for', async () => {
    const { reader, sync, tenant, show, fired, nextFire } = tree();
    const { promise, resolve } = Promise.withResolvers<void>();
    sync.onLoad = () => promise;
    assert.deepEqual(await show(tenant), ['Loading…']);
    const end = nextFire();
    reader.setGroups('t', many(2));
    resolve();
    await end;
    fired.length = 0;
    await nextFire();
    assert.deepEqual(fired, ['t']);
    assert.equal((await show(tenant)).length, 2);
  });

  it('tells it again, too, of a retry whose end was there before it was shown as a load', async () => {
    const { reader, sync, tenant, show, fired, nextFire } = tree();
    sync.onLoad = () => new Promise(() => undefined);
    assert.deepEqual(await show(tenant), ['Loading…']);
    sync.cancel('t', { list: 'groups', tenantId: 't' });
    await nextFire();
    assert.deepEqual(await show(tenant), ['Loading was stopped']);
    sync.onLoad = async () => reader.setGroups('t', many(2));
    await sync.load({ list: 'groups', tenantId: 't' }, { refresh: true });
    // That VS Code was told once already is not counted on.
    fired.length = 0;
    await nextFire();
    assert.deepEqual(fired, ['t']);
    assert.equal((await show(tenant)).length, 2);
  });

  it('reveals a row that has not followed yet', async () => {
    const { reader, model, tenant, show, fired } = tree();
    reader.setGroups('t', many(900));
    await show(tenant);
    assert.equal(model.find({ tenantId: 't', groupId: 'g700' })?.look().label, 'Workspace 700');
    assert.deepEqual(fired, ['t']);
    assert.equal((await show(tenant)).length, 900);
  });

  it('shows a screenful while it loads, and more on demand', async () => {
    const { reader, sync, model, tenant, show, nextFire } = tree();
    const { promise, resolve } = Promise.withResolvers<void>();
    sync.onLoad = () => promise;
    await show(tenant);
    reader.setGroups('t', many(900), { state: 'notLoaded' });
    assert.equal((await show(tenant)).at(-1), 'Load more | 250 of 900 shown');
    assert.equal((await show(tenant)).at(-1), 'Load more | 250 of 900 shown');
    model.showMore({ tenantId: 't' });
    assert.deepEqual([(await show(tenant)).length, (await show(tenant)).at(-1)], [901, 'Workspace 899']);
    reader.setGroups('t', many(900));
    const fire = nextFire();
    resolve();
    await fire;
    assert.equal((await show(tenant)).length, 900);
  });
});
