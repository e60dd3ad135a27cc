import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../../src/core/errors.ts';
import type { StoreReader } from '../../../../src/core/store.ts';
import type { AccessRow } from '../../../../src/tree/access/accessRow.ts';
import { contoso, group, groupsOf, membersOf, openReader, openWriter, storePath } from '../../store/fixture.ts';
import { guid, nested, readerOf } from '../../store/world.ts';
import { modelOf, person, show, whichGroup, who } from './fixture.ts';

const scope =
  'Not all access is shown here | items shared one by one, audiences of apps and roles on folders are not in it';

describe('the view "Access"', () => {
  const [team, all] = [guid(1), guid(2)];

  it('shows per tenant and group the right and each way', async () => {
    const reader = readerOf({
      tenants: {
        dir: { [team]: [person('z', { email: 'zoe@x.example' })], [all]: [nested(team)] },
        ws: {
          plan: [person('zoe', { email: 'Zoe@x.example', accessRight: 'Admin', details: { userType: 'Guest' } })],
          sales: [
            person('zoe', { email: 'Zoe@x.example', accessRight: 'Member', details: { userType: 'Guest' } }),
            nested(all, { accessRight: 'Viewer' }),
          ],
        },
        empty: { x: [person('ben')] },
      },
    });
    const { model } = modelOf(reader);
    await model.show([await who(reader, 'ws', 'plan', 'zoe')]);
    assert.deepEqual(await show(model), [
      'zoe | Guest · joined by e-mail in 2 tenants · administers 1 group · Zoe@x.example',
      'Contoso | 2 groups',
      `  N${team} | direct`,
      `  N${all} | via N${team}`,
      'Contoso | 2 groups · Guest',
      '  Nplan | Admin · direct',
      `  Nsales | Member, Viewer · direct · 1 more way`,
      '    direct | Member',
      `    via N${team} → N${all} | Viewer`,
      'Contoso | no access',
      scope,
    ]);
    const [, , ws] = model.roots();
    const [plan] = (await ws?.children?.()) ?? [];
    assert.deepEqual([plan?.tenantId, plan?.groupId, plan?.look().icon], ['ws', 'plan', 'key']);
  });

  it('tells what is not known: groups not loaded, lists not loaded, nested groups of no tenant', async () => {
    const path = storePath();
    const { writer, load } = openWriter(path);
    writer.addTenant(contoso);
    writer.addTenant({ ...contoso, id: 'other', name: 'Fabrikam' });
    load(groupsOf('contoso'), {
      groups: [group('a', { members: [person('zoe'), nested(guid(9))] }), group('b'), group('c')],
    });
    const reader = openReader(path);
    const { model } = modelOf(reader);
    await model.show([await who(reader, 'contoso', 'a', 'zoe')]);
    assert.deepEqual(await show(model), [
      'zoe',
      'Contoso | 1 group · 2 of 3 groups not loaded',
      '  2 of 3 groups not loaded | click to load the rest',
      '  Group a | direct',
      'Fabrikam | no access is known · nothing is loaded',
      '  nothing is loaded | click to load the rest',
      '1 nested group is not known | what comes through them is not shown: connect the directory that they belong to',
      scope,
    ]);
    const [, tenant] = model.roots();
    const [gap] = (await tenant?.children?.()) ?? [];
    assert.deepEqual([gap?.tenantId, gap?.look().click?.command], ['contoso', 'tenantExplorer.loadAll']);
  });

  it('shows who has access to a group, and what is not known of the groups in it', async () => {
    const path = storePath();
    const { writer, load } = openWriter(path);
    writer.addTenant(contoso);
    load(groupsOf('contoso'), {
      groups: [
        group('g', {
          members: [person('zoe', { accessRight: 'Admin' }), nested('in', { accessRight: 'Viewer' }), nested('lost')],
        }),
        group('in', { members: [person('ben', { email: 'ben@x.example' }), person('zoe'), nested('deep')] }),
        group('deep'),
      ],
    });
    const reader = openReader(path);
    const { model } = modelOf(reader);
    await model.show([whichGroup(reader, 'contoso', 'g')]);
    assert.deepEqual(await show(model), [
      'Group g | Contoso',
      'Who has access | 2 are known, there may be more',
      '  Group deep: members not known | not loaded · in Group in · click to load',
      '  Name of lost: members not known | no tenant that was read has this group',
      '  ben | Viewer · via Group in · ben@x.example',
      '  zoe | Admin, Viewer · direct · 1 more way',
      '    direct | Admin',
      '    via Group in | Viewer',
      '1 nested group is not known | what comes through them is not shown: connect the directory that they belong to',
      scope,
    ]);
  });

  it('shows a page at a time', async () => {
    const groups = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`g${index}`, [person('zoe')]]));
    const reader = readerOf({ tenants: { t: groups } });
    const { model, fired } = modelOf(reader, { pageSize: 2 });
    await model.show([await who(reader, 't', 'g0', 'zoe')]);
    const [, tenant] = model.roots();
    const labels = async () => ((await tenant?.children?.()) ?? []).map((row) => row.look().label);
    assert.deepEqual(await labels(), ['Ng0', 'Ng1', 'Load more']);
    const more = ((await tenant?.children?.()) ?? []).at(-1);
    assert.equal(more?.look().description, '2 of 5 shown');
    more?.more?.();
    assert.equal(fired.at(-1), tenant?.id);
    assert.deepEqual(await labels(), ['Ng0', 'Ng1', 'Ng2', 'Ng3', 'Load more']);
    more?.more?.();
    assert.deepEqual(await labels(), ['Ng0', 'Ng1', 'Ng2', 'Ng3', 'Ng4']);
  });

  it('follows the store while it is in sight, with the same rows', async () => {
    const path = storePath();
    const { writer, load } = openWriter(path);
    writer.addTenant(contoso);
    load(groupsOf('contoso'), { groups: [group('a', { members: [person('zoe')] }), group('b')] });
    const reader = openReader(path);
    let isVisible = false;
    const { model, nextFire } = modelOf(reader, { isVisible: () => isVisible });
    await model.show([await who(reader, 'contoso', 'a', 'zoe')]);
    const [head, tenant] = model.roots();
    load(membersOf('contoso', 'b'), { members: [person('zoe', { accessRight: 'Viewer' })] });
    model.onStoreChange();
    await nextTurn();
    assert.equal((await show(model)).includes('  Group b | Viewer · direct'), false);
    isVisible = true;
    const heard = nextFire();
    model.onVisible();
    await heard;
    assert.equal((await show(model)).includes('  Group b | Viewer · direct'), true);
    assert.ok(model.roots()[0] === head && model.roots()[1] === tenant);
    model.dispose();
  });

  it('says by a row that it could not read', async () => {
    const reader = readerOf({ tenants: { t: { g: [person('zoe')] } } });
    const subject = await who(reader, 't', 'g', 'zoe');
    let isBroken = true;
    const failing: StoreReader = {
      ...reader,
      ways: async function* (keys) {
        if (isBroken) throw new AppError('unavailable', 'The store cannot be read.');
        yield* reader.ways(keys);
      },
    };
    const { model, errors, nextFire } = modelOf(failing);
    await model.show([subject]);
    assert.deepEqual(await show(model), ['what unavailable | advice unavailable · click to retry']);
    assert.equal(errors.length, 1);
    isBroken = false;
    const heard = nextFire();
    model.roots()[0]?.more?.();
    await heard;
    assert.ok((await show(model)).includes('  Ng | direct'));
    await model.show([]);
    assert.deepEqual(model.roots(), []);
  });

  it('never says "no access" of a tenant that an unknown group may lead into', async () => {
    const tenants = { t: { g: [person('ana')], h: [nested('lost')] }, u: { x: [person('ben')] } };
    const reader = readerOf({ tenants });
    const { model } = modelOf(reader);
    await model.show([await who(reader, 'u', 'x', 'ben')]);
    assert.ok((await show(model)).includes('Contoso | no access is known'));
  });

  it('says of when a group is only where that is not what its tenant says', async () => {
    const path = storePath();
    let now = '2030-01-01T00:00:00.000Z';
    const { writer, load } = openWriter(path, () => now);
    writer.addTenant(contoso);
    load(groupsOf('contoso'), { groups: [group('a'), group('b')] });
    load(membersOf('contoso', 'a'), { members: [person('zoe')] });
    now = '2030-06-01T00:00:00.000Z';
    load(membersOf('contoso', 'b'), { members: [person('zoe')] });
    const reader = openReader(path);
    const { model } = modelOf(reader);
    await model.show([await who(reader, 'contoso', 'a', 'zoe')]);
    const [, tenant] = model.roots();
    assert.equal(tenant?.look().description, '2 groups · Jan 1, 2030');
    const groups = (await tenant?.children?.()) ?? [];
    assert.deepEqual(
      groups.map((row) => row.look().description),
      ['direct', 'direct · Jun 1, 2030'],
    );
  });

  it('says to screen readers what only the icon shows', async () => {
    const app = person('bot', { principalType: 'app' });
    const reader = readerOf({ tenants: { t: { g: [app] } } });
    const { model } = modelOf(reader);
    await model.show([await who(reader, 't', 'g', 'bot')]);
    const [head, tenant] = model.roots();
    const [reached] = (await tenant?.children?.()) ?? [];
    assert.match(head?.look().spoken ?? '', /^bot, app/);
    assert.match(reached?.look().spoken ?? '', /^Ng, workspace, /);
  });

  it('has ids that differ, whatever names and ids there are', async () => {
    const same = person('x', { accessRight: 'Admin' });
    const reader = readerOf({
      tenants: { t: { 'a/b': [same], a: [same, nested('a/b')], b: [same] }, u: { a: [same] } },
    });
    const { model } = modelOf(reader);
    await model.show([await who(reader, 't', 'a', 'x')]);
    const ids: string[] = [];
    const collect = async (rows: readonly AccessRow[]): Promise<void> => {
      for (const row of rows) {
        ids.push(row.id);
        await collect((await row.children?.()) ?? []);
      }
    };
    await collect(model.roots());
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 8);
  });
});
