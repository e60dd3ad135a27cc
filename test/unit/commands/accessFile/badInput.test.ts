import assert from 'node:assert/strict';
import { applyAccessFile } from '../../../../src/commands/applyAccessFile.ts';
import { generateTenant } from '../../../../src/sandbox/generatedTenant.ts';
import { run } from '../../../support/fakeCommandDeps.ts';
import { close } from '../../../support/fakeUi.ts';
import { status } from '../../../support/faults.ts';
import { openStage, powerbi, type Stage, small, uipath } from '../../sync/changes/stage.ts';
import { accessFiles, type FileJson, firstGroup } from './accessFiles.ts';

const cancelled = { kind: 'cancelled' };

describe('what is wrong with an access file and its tenant', () => {
  let stage: Stage;
  const { user, written, preview, writes } = accessFiles(() => stage);
  afterEach(() => stage.close());

  it('mark where the last administrator would go, and want the name of the group', async () => {
    stage = await openStage(powerbi());
    const file = await written();
    const group = firstGroup(file);
    group.members = group.members.filter(({ accessRight }) => accessRight !== 'Admin');
    const { name = '' } = group;
    const shown = await preview(file);
    assert.match(
      shown.marks.join('\n'),
      new RegExp(`warning \\| "${name}" \\| .* will have no administrator any more`),
    );
    const { deps } = user(file, shown.ui.informed[0]?.includes('one change') ? 'Remove' : 'Make 2 Changes', close);
    await assert.rejects(run(applyAccessFile, deps));
    assert.equal(writes(), 0);
  });

  it('mark each bad input at its place, and apply nothing of the file', async () => {
    stage = await openStage(powerbi());
    const other = await stage.core.api.addTenant({ ...stage.server.connections[0], name: 'Other' } as never);
    const file = await written();
    const group = firstGroup(file);
    const [known] = group.members;
    const groupId = stage.groups[1]?.id ?? '';
    const strange = (fields: Partial<FileJson['groups'][number]['members'][number]>): FileJson => ({
      ...file,
      groups: [
        {
          ...group,
          members: [...group.members, { identifier: 'new@generated.example', accessRight: 'Viewer', ...fields }],
        },
      ],
    });
    const cases: readonly (readonly [FileJson, RegExp])[] = [
      [
        { ...file, tenant: 'Nobody' },
        /^error \| "Nobody" \| There is no such tenant here\. There are: Power BI member, Other/,
      ],
      [
        { ...file, groups: [{ ...group, id: 'no-id' }] },
        /^error \| "no-id" \| There is no such group in “Power BI member”/,
      ],
      [{ ...file, groups: [{ name: 'No Group', members: [] }] }, /^error \| "No Group" \| There is no such group/],
      [
        { ...file, groups: [group, { name: group.name ?? '', members: [] }] },
        /error \| ".*" \| This group is listed twice/,
      ],
      [
        strange({ accessRight: 'Owner' }),
        /error \| "Owner" \| There is no such access right here, only: Admin, Member, Contributor, Viewer/,
      ],
      [strange({ identifier: groupId, principalType: 'app' }), /error \| ".*" \| This is the id of a group/],
      [strange({ identifier: 'some-app', principalType: 'app' }), /error \| "some-app" \| A user is named by e-mail/],
      [strange({ principalType: 'robot' }), /error \| "robot" \| Only these can be added: user, group, app/],
      [
        strange({ identifier: known?.identifier ?? '', accessRight: 'None' }),
        /error \| ".*" \| This member is listed twice, with different/,
      ],
    ];
    for (const [bad, wanted] of cases) {
      const shown = await preview(bad);
      assert.match(shown.marks.join('\n'), wanted);
      assert.match(shown.ui.warned.join(), /Nothing can be applied/);
      const { deps } = user(bad);
      await assert.rejects(run(applyAccessFile, deps), cancelled);
    }
    const noRight = await preview({
      ...file,
      groups: [{ ...group, exact: false, members: [{ identifier: 'new@generated.example' }] }],
    });
    assert.match(
      noRight.marks.join('\n'),
      /error \| "new@generated.example" \| An access right is needed, one of: Admin/,
    );
    assert.equal(writes(), 0);
    await stage.core.api.removeTenant(other);
  });

  it('of another tenant are recognised by its groups', async () => {
    stage = await openStage(powerbi());
    const file = await written(stage.groups[3]?.id);
    const fewer = generateTenant({ provider: 'powerbi', ...small, groups: 2, name: 'Elsewhere' });
    const elsewhere = await openStage(fewer, { core: stage.core });
    try {
      const shown = await preview({ ...file, tenant: 'Elsewhere' });
      assert.match(shown.marks.join('\n'), /error \| ".*" \| This is a group of another tenant: “Power BI member”\./);
    } finally {
      await elsewhere.close();
    }
  });

  it('name groups and tenants that several are called like by their ids', async () => {
    stage = await openStage(powerbi());
    const [one, other] = stage.groups;
    await stage.apply({ kind: 'renameGroup', tenantId: stage.tenantId, groupId: other?.id ?? '', name: 'Twin' });
    const file = await written();
    const named = { ...file, groups: [{ name: one?.name ?? '', members: [] }] };
    assert.deepEqual((await preview(named)).marks, []);
    const moved = await preview({ ...file, groups: [{ ...firstGroup(file), name: 'Older' }] });
    assert.match(moved.marks.join('\n'), /info \| "Older" \| The group is called .* now; the id decides/);
    const second = await stage.core.api.addTenant({ ...stage.server.connections[0] } as never);
    const ambiguous = await preview(file);
    assert.match(
      ambiguous.marks.join('\n'),
      /error \| "Power BI member" \| Several tenants are called so\. Name one by its id: /,
    );
    assert.equal((await written()).tenant, stage.tenantId);
    assert.deepEqual((await preview({ ...file, tenant: stage.tenantId })).marks, []);
    await stage.core.api.removeTenant(second);
  });

  it('refuse to be exact about a group that cannot be read, and say why', async () => {
    stage = await openStage(powerbi());
    const file = await written();
    const group = firstGroup(file);
    stage.server.add({ match: new RegExp(`groups/${stage.groups[1]?.id}/users`), fault: status(401) });
    const denied = { id: stage.groups[1]?.id ?? '', exact: true, members: [] };
    const shown = await preview({ ...file, groups: [group, denied] });
    assert.match(shown.marks.join('\n'), /error \| true \| Not all members of .*explained: forbidden/);
    assert.equal(shown.ui.documents.length, 0);
  });

  it('tell who is not known', async () => {
    stage = await openStage(uipath());
    const file = await written();
    firstGroup(file).members.push({ identifier: 'nobody@generated.example' });
    assert.match(
      (await preview(file)).marks.join('\n'),
      /warning \| "nobody@generated.example" \| The directory of the tenant knows nobody/,
    );
  });

  it('tell where they stop to look people up', async () => {
    stage = await openStage(uipath());
    const file = await written();
    const strangers = Array.from({ length: 202 }, (_, at) => ({ identifier: `nobody${at}@generated.example` }));
    firstGroup(file).members.push(...strangers);
    const { marks, ui } = await preview(file);
    const told = marks.filter((mark) => /nobody/.test(mark));
    assert.equal(told.length, 201);
    assert.match(told.at(-1) ?? '', /^info \| "nobody200@.*From here on nobody was looked up: 200 of the 202 who/);

    // What is saved is checked again, and nobody looked up twice.
    const asked = () => stage.server.count(/Directory\/Search/);
    const before = asked();
    firstGroup(file).members.splice(-3);
    const again = await ui.checksAgain?.(JSON.stringify(file, undefined, 2));
    assert.equal(again?.length, 199);
    assert.equal(asked(), before);

    // In another tenant they are others.
    const second = await stage.core.api.addTenant({ ...stage.server.connections[0] } as never);
    await stage.core.api.groups(second);
    firstGroup(file).members.splice(-198);
    await ui.checksAgain?.(JSON.stringify({ ...file, tenant: second }, undefined, 2));
    assert.ok(asked() > before);
  });

  it('are checked again when they are saved after they could not be applied', async () => {
    stage = await openStage(powerbi());
    const file = await written();
    firstGroup(file).members.push({ identifier: 'new@generated.example', accessRight: 'Emperor' });
    const { deps, ui } = user(file);
    await assert.rejects(run(applyAccessFile, deps), cancelled);
    const before = await ui.checksAgain?.(JSON.stringify(file, undefined, 2));
    assert.deepEqual(
      before?.map(({ severity }) => severity),
      ['info', 'error'],
    );
    firstGroup(file).members.pop();
    assert.deepEqual(await ui.checksAgain?.(JSON.stringify(file, undefined, 2)), []);
  });

  it('of 10,000 changes are shown, and of more refused', async () => {
    stage = await openStage(powerbi());
    const file = await written();
    const group = firstGroup(file);
    const many = (count: number) => ({
      ...file,
      groups: [
        {
          ...group,
          members: [
            ...group.members,
            ...Array.from({ length: count }, (_, index) => ({
              identifier: `p${index}@many.example`,
              accessRight: 'Viewer',
            })),
          ],
        },
      ],
    });
    const shown = await preview(many(10_000));
    assert.deepEqual(shown.ui.informed, ['The file makes 10000 changes. They are shown, and not made yet.']);
    const tooMany = await preview(many(10_001));
    assert.match(tooMany.marks.join('\n'), /error \| "Power BI member" \| More than 10,000 changes are too many/);
  });
});
