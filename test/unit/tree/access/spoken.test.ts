import assert from 'node:assert/strict';
import { groupSubject } from '../../../../src/core/access/subject.ts';
import type { SnapshotChange } from '../../../../src/core/savedSnapshots.ts';
import type { AccessRow } from '../../../../src/tree/access/accessRow.ts';
import { contoso, group, groupsOf, openReader, openWriter, storePath } from '../../store/fixture.ts';
import { guid, nested, readerOf } from '../../store/world.ts';
import { modelOf, person, who } from './fixture.ts';

/** What a screen reader says of all rows, by the kind of row that menus know it by. */
async function spokenOf(rows: readonly AccessRow[]): Promise<(readonly [context: string, spoken: string])[]> {
  const said: (readonly [string, string])[] = [];
  for (const row of rows) {
    const { context, spoken } = row.look();
    said.push([context.split(' ', 1)[0] ?? '', spoken.replace(/(, | · )Jan 1, 2030$/, '')]);
    said.push(...(await spokenOf((await row.children?.()) ?? [])));
  }
  return said;
}

describe('what is said of the rows of the view "Access"', () => {
  const scope = [
    'note',
    'Not all access is shown here, items shared one by one, audiences of apps and roles on folders are not in it',
  ] as const;
  const [team, all] = [guid(1), guid(2)];

  it('is who it is, then what they reach and by which way', async () => {
    const reader = readerOf({
      tenants: {
        ws: {
          [team]: [person('zoe')],
          sales: [
            person('zoe', { accessRight: 'Member', details: { userType: 'Guest' } }),
            nested(team, { accessRight: 'Viewer' }),
          ],
        },
      },
    });
    const { model } = modelOf(reader);
    await model.show([await who(reader, 'ws', 'sales', 'zoe')]);
    assert.deepEqual(await spokenOf(model.roots()), [
      ['accessSubject', 'zoe, guest, Guest'],
      ['accessTenant', 'Contoso, Power BI, 2 groups · Guest'],
      ['accessGroup', `N${team}, workspace, direct`],
      ['accessGroup', 'Nsales, workspace, Member, Viewer · direct · 1 more way'],
      ['accessWay', 'direct, Member'],
      ['accessWay', `via N${team}, Viewer`],
      scope,
    ]);
  });

  it('is what is not known, in words', async () => {
    const path = storePath();
    const { writer, load } = openWriter(path);
    writer.addTenant(contoso);
    load(groupsOf('contoso'), {
      groups: [group('g', { members: [person('zoe', { accessRight: 'Admin' }), nested('deep')] }), group('deep')],
    });
    const reader = openReader(path);
    const { model } = modelOf(reader);
    const subject = groupSubject(reader, { tenantId: 'contoso', groupId: 'g' });
    assert.ok(subject);
    await model.show([subject]);
    assert.deepEqual(await spokenOf(model.roots()), [
      ['accessSubject', 'Group g, group, Contoso'],
      ['accessWithin', 'Who has access, 1 is known, there may be more'],
      ['accessGap', 'Group deep: members not known, not loaded · click to load'],
      ['accessMember', 'zoe, user, Admin · direct'],
      scope,
    ]);
  });

  it('is how two differ', async () => {
    const reader = readerOf({
      tenants: { ws: { [team]: [person('zoe'), person('ben')], [all]: [person('zoe')] } },
    });
    const { model } = modelOf(reader);
    await model.show([await who(reader, 'ws', team, 'zoe'), await who(reader, 'ws', team, 'ben')]);
    const said = await spokenOf(model.roots());
    assert.deepEqual(said.slice(0, 2), [
      ['accessSubject', 'zoe, user'],
      ['accessSubject', 'ben, user, compared with'],
    ]);
    const kinds = new Set(said.map(([kind]) => kind));
    assert.ok(kinds.has('accessSection') && kinds.has('accessGroup'), [...kinds].join());
    assert.ok(
      said.some(([, text]) => /^Only zoe, 1/.test(text)),
      said.join('\n'),
    );
    assert.ok(
      said.some(([kind, text]) => kind === 'accessGroup' && text.startsWith(`N${all}, workspace, `)),
      said.join('\n'),
    );
  });

  it('is what changed between two snapshots: who, of what kind, and what', async () => {
    const member = { id: 'ada', name: 'Ada', principalType: 'app', isGuest: false };
    const changes: SnapshotChange[] = [
      { what: 'gained', groupId: 'sales', groupName: 'Sales', member, after: 'Admin' },
      { what: 'groupCame', groupId: 'sales', groupName: 'Sales' },
    ];
    const { model } = modelOf(readerOf({ tenants: { ws: { sales: [person('ada')] } } }));
    model.showChanges({
      tenantId: 'ws',
      tenant: 'Contoso',
      before: { label: 'Quarter', at: '2030-01-01T00:00:00.000Z' },
      after: { label: 'Now', at: '2030-02-01T00:00:00.000Z' },
      changes,
      gaps: [{ before: 'complete', after: 'partial', unknown: 1 }],
    });
    const said = await spokenOf(model.roots());
    for (const one of [
      ['accessChanges', 'Contoso, from “Quarter” to “Now” · not all is known of both'],
      ['accessSection', 'Gained access, 1'],
      ['accessMember', 'Ada, app, Admin · Sales'],
      ['accessGroup', 'Sales, workspace'],
      ['accessGap', 'The list of groups, complete → incomplete · 1 group unknown'],
    ] as const)
      assert.ok(
        said.some(([kind, text]) => kind === one[0] && text === one[1]),
        `${one.join()} in\n${said.join('\n')}`,
      );
  });

  it('is that it could not be read, and what to do', async () => {
    const reader = readerOf({ tenants: { ws: { sales: [person('zoe')] } } });
    const { model } = modelOf({ ...reader, tenants: () => assert.fail('broken') });
    await model.show([await who(reader, 'ws', 'sales', 'zoe')]);
    assert.deepEqual(await spokenOf(model.roots()), [
      ['note', 'The access could not be read, The log says more. · click to retry'],
    ]);
  });

  it('is that there is more', async () => {
    const groups = Object.fromEntries(Array.from({ length: 3 }, (_, index) => [`g${index}`, [person('zoe')]]));
    const reader = readerOf({ tenants: { t: groups } });
    const { model } = modelOf(reader, { pageSize: 2 });
    await model.show([await who(reader, 't', 'g0', 'zoe')]);
    assert.ok((await spokenOf(model.roots())).some(([, text]) => text === 'Load more, 2 of 3 shown'));
  });
});
