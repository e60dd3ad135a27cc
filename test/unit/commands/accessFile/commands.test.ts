import assert from 'node:assert/strict';
import { applyAccessFile } from '../../../../src/commands/applyAccessFile.ts';
import type { CommandDeps } from '../../../../src/commands/command.ts';
import { newAccessFile } from '../../../../src/commands/newAccessFile.ts';
import { previewAccessFile } from '../../../../src/commands/previewAccessFile.ts';
import { undoLastChange } from '../../../../src/commands/undoLastChange.ts';
import { run } from '../../../support/fakeCommandDeps.ts';
import { close, type Reply } from '../../../support/fakeUi.ts';
import { status } from '../../../support/faults.ts';
import { openStage, powerbi, type Stage, small, uipath } from '../../sync/changes/stage.ts';
import { accessFiles, type FileJson, firstGroup, lastModal } from './accessFiles.ts';

const cancelled = { kind: 'cancelled' };

describe('access files', () => {
  let stage: Stage;
  const { user, written, preview, held, writes } = accessFiles(() => stage);
  afterEach(() => stage.close());

  it('are written of groups and tenants as they are, and then ask for nothing', async () => {
    stage = await openStage(powerbi());
    await stage.core.api.loadAll(stage.tenantId);
    const { deps, ui } = user('');
    await run(newAccessFile, deps, { tenantId: stage.tenantId });
    const [file] = ui.newFiles;
    assert.equal(file?.name, 'Power BI member.access.json');
    const read = JSON.parse(file?.text ?? '') as FileJson;
    assert.equal(read.tenant, 'Power BI member');
    assert.deepEqual(read.groups.map(({ id }) => id).toSorted(), stage.groups.map(({ id }) => id).toSorted());
    assert.ok(read.groups.every(({ exact, members }) => exact === true && members.length === small.membersPerGroup));
    assert.deepEqual(ui.informed, []);
    const shown = await preview(file?.text ?? '');
    assert.deepEqual(shown.marks, []);
    assert.deepEqual(shown.ui.informed, ['There is nothing to change: it is so already.']);
    assert.deepEqual(shown.ui.documents, []);
  });

  it('tell what is not known, and never call it exact or empty', async () => {
    stage = await openStage(powerbi());
    const [one, other] = stage.groups;
    stage.server.add({ match: new RegExp(`groups/${one?.id}/users`), fault: status(401) });
    await stage.core.api.members(stage.tenantId, one?.id ?? '');
    await stage.core.api.members(stage.tenantId, other?.id ?? '');
    const { deps, ui } = user('');
    await run(newAccessFile, deps, { tenantId: stage.tenantId });
    const read = JSON.parse(ui.newFiles[0]?.text ?? '') as FileJson;
    assert.deepEqual(
      read.groups.map(({ id }) => id),
      [other?.id],
    );
    assert.match(ui.informed.join(), /Groups left out, because nothing is known of their members: 3\./);
  });

  it('of some members only add and change', async () => {
    stage = await openStage(powerbi());
    const { tenantId } = stage;
    const groupId = stage.groups[0]?.id ?? '';
    const { items } = await stage.core.api.members(tenantId, groupId);
    const rows = items.slice(0, 2).map(({ id }) => ({ tenantId, groupId, memberId: id }));
    const { deps, ui } = user('');
    await run(newAccessFile, deps, rows[0], rows);
    const group = firstGroup(JSON.parse(ui.newFiles[0]?.text ?? '') as FileJson);
    assert.equal(group.exact, false);
    assert.equal(group.members.length, 2);
  });

  it('show what they would change, then change it, and it can be undone', async () => {
    stage = await openStage(powerbi());
    const file = await written();
    const before = await held();
    const others = await held(1);
    const group = firstGroup(file);
    const changed = group.members.find(({ accessRight }) => accessRight !== 'Admin');
    const [gone] = group.members.filter((one) => one !== changed && one.accessRight !== 'Admin');
    assert.ok(changed && gone);
    changed.accessRight = changed.accessRight === 'Viewer' ? 'Contributor' : 'Viewer';
    group.members = group.members.filter((one) => one !== gone);
    group.members.push({ identifier: 'new@generated.example', accessRight: 'Member' });

    const { deps, ui } = user(file, 'Make 3 Changes');
    await run(previewAccessFile, deps);
    assert.equal(writes(), 0);
    const [left = '', right = ''] = (ui.documents[0]?.text ?? '').split('\n=====\n');
    assert.deepEqual((JSON.parse(left) as FileJson).groups[0]?.members.length, before.size);
    const then = firstGroup(JSON.parse(right) as FileJson).members;
    assert.deepEqual(
      then.find(({ identifier }) => identifier === changed.identifier)?.accessRight,
      changed.accessRight,
    );
    assert.ok(!then.some(({ identifier }) => identifier === gone.identifier));
    assert.ok(then.some(({ identifier }) => identifier === 'new@generated.example'));
    assert.deepEqual(ui.informed, ['The file makes 3 changes. They are shown, and not made yet.']);

    await run(applyAccessFile, deps);
    assert.match(lastModal(ui), /^Make these 3 changes\?/);
    const now = await held();
    assert.equal(now.get('new@generated.example'), 'Member');
    assert.equal(now.get(changed.identifier), changed.accessRight);
    assert.ok(!now.has(gone.identifier));
    assert.deepEqual(await held(1), others);
    assert.deepEqual(
      firstGroup(await written())
        .members.map(({ identifier }) => identifier)
        .toSorted(),
      [...now.keys()].toSorted(),
    );
    await run(applyAccessFile, deps);
    assert.equal(ui.informed.at(-1), 'There is nothing to change: it is so already.');

    await run(undoLastChange, user('', 'Make 3 Changes').deps);
    assert.deepEqual(await held(), before);
  });

  it('that are applied bring what they were written from', async () => {
    stage = await openStage(powerbi());
    const file = await written();
    const group = firstGroup(file);
    const admin = group.members.find(({ accessRight }) => accessRight === 'Admin');
    const people = group.members.filter((one) => one !== admin);
    await run(
      applyAccessFile,
      user({ ...file, groups: [{ ...group, members: admin ? [admin] : [] }] }, ...allow(people.length)).deps,
    );
    assert.equal((await held()).size, admin ? 1 : 0);
    await run(applyAccessFile, user(file, ...allow(people.length)).deps);
    // A service may know no name of who was added.
    const nameless = (all: FileJson) =>
      all.groups.map((one) => ({ ...one, members: one.members.map(({ name: _, ...rest }) => rest) }));
    assert.deepEqual(nameless(await written()), nameless(file));
  });

  const allow = (count: number): readonly Reply[] => [`Make ${count} Changes`];

  it('of groups of an organization add and remove by e-mail address and id', async () => {
    stage = await openStage(uipath());
    const file = await written();
    const { members } = firstGroup(await written(stage.groups[1]?.id));
    const group = firstGroup(file);
    const mine = new Set(group.members.map(({ identifier }) => identifier));
    const newcomer = members.find(({ identifier, principalType }) => !mine.has(identifier) && principalType === 'user');
    const gone = group.members.pop();
    assert.ok(newcomer && gone);
    group.members.push(newcomer);
    const { deps, ui } = user(file, 'Make 2 Changes');
    await run(applyAccessFile, deps);
    assert.deepEqual(ui.marked.get(ui.edited?.uri ?? '') ?? [], []);
    const now = firstGroup(await written()).members.map(({ identifier }) => identifier);
    assert.ok(now.includes(newcomer.identifier) && !now.includes(gone.identifier));
    firstGroup(file).members.push({ identifier: gone.identifier, principalType: 'user', accessRight: 'Admin' });
    assert.match((await preview(file)).marks.join('\n'), /error \| "Admin" \| This service has no access rights\./);
  });

  it('that somebody overtook are shown again and not applied', async () => {
    stage = await openStage(powerbi());
    const file = await written();
    const group = firstGroup(file);
    const [gone] = group.members.filter(({ accessRight }) => accessRight !== 'Admin');
    assert.ok(gone);
    group.members = group.members.filter((one) => one !== gone);
    const { deps, ui } = user(file, 'Remove');
    await run(previewAccessFile, deps);
    // Somebody else removes them in the portal, and adds another one, after the group was read.
    const { id = '' } = group;
    const elsewhere = await openElsewhere(id);
    await elsewhere.add('other@generated.example');
    await stage.core.api.members(stage.tenantId, id, { refresh: true });
    await assert.rejects(run(applyAccessFile, deps), cancelled);
    assert.deepEqual(ui.replies, ['Remove']);
    ui.replies.length = 0;
    assert.equal(writes(), 1);
    assert.match(ui.warned.join(), /Nothing was applied: the access has changed/);
    assert.equal(ui.documents.length, 2);
    assert.match(ui.documents[1]?.text ?? '', /other@generated\.example/);
    // What was shown is what is agreed to now.
    ui.replies.push('Make 2 Changes');
    await run(applyAccessFile, deps);
    assert.ok(!(await held()).has('other@generated.example'));
    // Of a plan that was never shown, too: between the question and the answer.
    const again = { ...file, groups: [{ ...group, members: group.members.slice(0, -1) }] };
    const late = user(again, 'Remove');
    const { confirm } = late.ui;
    const overtaken: CommandDeps = {
      ...late.deps,
      ui: {
        ...late.ui,
        confirm: async (...args) => {
          await elsewhere.add('late@generated.example');
          return confirm(...args);
        },
      },
    };
    const sent = writes();
    await assert.rejects(run(applyAccessFile, overtaken), cancelled);
    assert.equal(writes(), sent + 1);
    assert.match(late.ui.documents[0]?.text ?? '', /late@generated\.example/);
  });

  /** Something happens while the user looks at the question. */
  function meanwhile({ deps, ui }: ReturnType<typeof user>, happen: () => Promise<void>): CommandDeps {
    const { confirm } = ui;
    return {
      ...deps,
      ui: {
        ...ui,
        confirm: async (...args) => {
          await happen();
          return confirm(...args);
        },
      },
    };
  }

  it('are not applied where the group would lose its last administrator by now, which was not shown', async () => {
    stage = await openStage(powerbi());
    const file = await written();
    const group = firstGroup(file);
    const elsewhere = await openElsewhere(group.id ?? '');
    const admins = group.members.filter(({ accessRight }) => accessRight === 'Admin');
    assert.ok(admins.length > 0);
    await elsewhere.add('second@generated.example', 'Admin');
    await stage.core.api.members(stage.tenantId, group.id ?? '', { refresh: true });
    const members = admins.map((one) => ({ ...one, accessRight: 'Viewer' }));
    const agreed = admins.length === 1 ? 'Change' : `Make ${admins.length} Changes`;
    const late = user({ ...file, groups: [{ ...group, exact: false, members }] }, agreed);
    const deps = meanwhile(late, () => elsewhere.remove('second@generated.example'));
    await assert.rejects(run(applyAccessFile, deps), cancelled);
    assert.doesNotMatch(lastModal(late.ui), /administrator/);
    assert.match(late.ui.warned.join(), /Nothing was applied: the access has changed/);
    for (const { identifier } of admins) assert.equal((await held()).get(identifier), 'Admin');
  });

  it('that are exact are not applied where the look at what is there now was stopped', async () => {
    stage = await openStage(powerbi());
    const file = await written();
    const group = firstGroup(file);
    const [gone] = group.members.filter(({ accessRight }) => accessRight !== 'Admin');
    assert.ok(gone);
    const members = group.members.filter((one) => one !== gone);
    const late = user({ ...file, groups: [{ ...group, members }] }, 'Remove');
    const deps = meanwhile(late, async () => {
      stage.server.add({
        match: new RegExp(`^GET .*groups/${group.id}/users`),
        fault: async (_, next) => {
          stage.core.sync.cancel(stage.tenantId);
          return next();
        },
      });
    });
    await assert.rejects(run(applyAccessFile, deps), cancelled);
    assert.equal(writes(), 0);
    assert.match(late.ui.warned.join(), /Nothing can be applied: the file has an error\./);
  });

  /** The service, past this window. */
  async function openElsewhere(groupId: string) {
    const [connection] = stage.server.connections;
    assert.ok(connection?.auth.method === 'accessToken');
    const { endpoint, auth } = connection;
    const { accessToken } = auth;
    return {
      remove: async (identifier: string) => {
        const reply = await fetch(`${endpoint}/v1.0/myorg/groups/${groupId}/users/${encodeURIComponent(identifier)}`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${accessToken}` },
        });
        assert.equal(reply.status, 200);
      },
      add: async (identifier: string, groupUserAccessRight = 'Viewer') => {
        const reply = await fetch(`${endpoint}/v1.0/myorg/groups/${groupId}/users`, {
          method: 'POST',
          headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
          body: JSON.stringify({
            identifier,
            emailAddress: identifier,
            principalType: 'User',
            groupUserAccessRight,
          }),
        });
        assert.equal(reply.status, 200);
      },
    };
  }

  it('are previewed where a tenant is read-only, which is said, and ask for changes to be allowed before', async () => {
    stage = await openStage(powerbi(), { isReadOnly: true });
    const file = await written();
    firstGroup(file).members.push({ identifier: 'new@generated.example', accessRight: 'Viewer' });
    const shown = await preview(file);
    assert.match(shown.marks.join('\n'), /warning \| "Power BI member" \| The tenant “Power BI member” is read-only/);
    assert.equal(shown.ui.documents.length, 1);
    const { deps, ui } = user(file, close);
    await assert.rejects(run(applyAccessFile, deps), cancelled);
    assert.match(lastModal(ui), /is read-only\. Allow changes/);
    await run(applyAccessFile, user(file, 'Allow Changes', 'Add').deps);
    assert.equal((await held()).get('new@generated.example'), 'Viewer');
  });
});
