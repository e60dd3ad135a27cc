import assert from 'node:assert/strict';
import { addMember } from '../../../src/commands/addMember.ts';
import { allowChanges } from '../../../src/commands/allowChanges.ts';
import { changeAccessRight } from '../../../src/commands/changeAccessRight.ts';
import type { CommandDeps } from '../../../src/commands/command.ts';
import { createGroup } from '../../../src/commands/createGroup.ts';
import { deleteGroup } from '../../../src/commands/deleteGroup.ts';
import { makeReadOnly } from '../../../src/commands/makeReadOnly.ts';
import { refreshUserPermissions } from '../../../src/commands/refreshUserPermissions.ts';
import { removeMember } from '../../../src/commands/removeMember.ts';
import { renameGroup } from '../../../src/commands/renameGroup.ts';
import { restoreGroup } from '../../../src/commands/restoreGroup.ts';
import { resumeChanges } from '../../../src/commands/resumeChanges.ts';
import { showChangeLog } from '../../../src/commands/showChangeLog.ts';
import { undoChanges } from '../../../src/commands/undoChanges.ts';
import { undoLastChange } from '../../../src/commands/undoLastChange.ts';
import type { Target } from '../../../src/core/target.ts';
import { providers } from '../../../src/providers/index.ts';
import { createFakeDeps, run } from '../../support/fakeCommandDeps.ts';
import { close, type FakeUi, type Reply } from '../../support/fakeUi.ts';
import { status } from '../../support/faults.ts';
import { openStage, powerbi, type Stage, uipath } from '../sync/changes/stage.ts';

const cancelled = { kind: 'cancelled' };

describe('commands that change access', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  /** A user in front of the real pipeline. */
  function user(...replies: Reply[]): { readonly deps: CommandDeps; readonly ui: FakeUi } {
    const fake = createFakeDeps(...replies);
    const { reader, writer } = stage.core.store;
    const real = { reader, sync: stage.core.sync, providers: () => providers, allowChanges: writer.setAllowsChanges };
    return { deps: { ...fake, ...real }, ui: fake.ui };
  }

  const groupAt = (index: number) => {
    const group = stage.groups[index];
    assert.ok(group);
    return { ...group, target: { tenantId: stage.tenantId, groupId: group.id } };
  };

  async function memberAt(index: number) {
    const { id, target } = groupAt(0);
    const member = (await stage.core.api.members(stage.tenantId, id)).items[index];
    assert.ok(member);
    return { ...member, target: { ...target, memberId: member.id } satisfies Target };
  }

  const held = async () => new Map((await stage.actual(groupAt(0).id)).map((one) => [one.identifier, one.accessRight]));
  const lastModal = (ui: FakeUi) => ui.shown.filter(({ kind }) => kind === 'confirm').at(-1)?.text ?? '';

  it('ask to allow changes first where a tenant is read-only, and change nothing else', async () => {
    stage = await openStage(powerbi(), { isReadOnly: true });
    const member = await memberAt(1);
    const { deps, ui } = user(close);
    await assert.rejects(run(removeMember, deps, member.target), cancelled);
    assert.match(lastModal(ui), /is read-only\. Allow changes/);
    assert.equal(stage.core.store.reader.tenant(stage.tenantId)?.allowsChanges, undefined);

    await run(allowChanges, user('Allow Changes').deps, { tenantId: stage.tenantId });
    assert.equal(stage.core.store.reader.tenant(stage.tenantId)?.allowsChanges, true);
    await run(makeReadOnly, user().deps, { tenantId: stage.tenantId });
    assert.equal(stage.core.store.reader.tenant(stage.tenantId)?.allowsChanges, undefined);
    assert.equal(stage.server.count(/^(POST|PUT|DELETE)/), 0);
  });

  it('add somebody by the address that was typed, after a question that names all of it', async () => {
    stage = await openStage(powerbi());
    const { target, name } = groupAt(0);
    const { deps, ui } = user('new@generated.example → new@generated.example', 'Contributor', 'Add');
    await run(addMember, deps, target);
    const modal = lastModal(ui);
    for (const part of ['new@generated.example', 'Contributor', name, 'Power BI member'])
      assert.ok(modal.includes(part), part);
    assert.equal((await held()).get('new@generated.example'), 'Contributor');
    assert.deepEqual(ui.completed, ['change']);
    assert.deepEqual(ui.informed, ['The change was made.']);
  });

  it('add somebody whom the directory of the organization finds', async () => {
    stage = await openStage(uipath());
    const inGroup = new Set((await stage.actual(groupAt(0).id)).map(({ identifier }) => identifier));
    const wanted = (await stage.actual(groupAt(1).id)).find(({ identifier }) => !inGroup.has(identifier));
    assert.ok(wanted);
    const { deps, ui } = user(`${wanted.name} → ${wanted.name}`, 'Add');
    await run(addMember, deps, groupAt(0).target);
    assert.ok((await held()).has(wanted.identifier));
    assert.equal(ui.replies.length, 0);
  });

  it('change the right of several, and take it back', async () => {
    stage = await openStage(powerbi());
    const before = await held();
    const [one, other] = [await memberAt(1), await memberAt(2)];
    const { deps, ui } = user('Viewer', 'Make 2 Changes', 'Undo', 'Make 2 Changes');
    await run(changeAccessRight, deps, one.target, [one.target, other.target]);
    assert.match(lastModal(ui), /Make these 2 changes\?/);
    // The notification's button begins the undoing, which nobody waits for.
    while (stage.server.count(/^PUT/) < 4 || ui.informed.length < 2) await new Promise(setImmediate);
    assert.deepEqual(await held(), before);
  });

  it('remove several at once, one after a refusal, and tell what was not done', async () => {
    stage = await openStage(powerbi());
    const [one, other] = [await memberAt(1), await memberAt(2)];
    stage.server.add({
      match: /^DELETE/,
      fault: status(400, { body: { error: { code: 'Odd', message: 'Not now.' } } }),
      times: 1,
    });
    const { deps, ui } = user('Make 2 Changes', 'Retry the Rest', 'Remove');
    await run(removeMember, deps, one.target, [one.target, other.target]);
    assert.equal(ui.replies.length, 0);
    const told = ui.shown.filter(({ kind }) => kind === 'confirm').map(({ text }) => text);
    assert.match(told[1] ?? '', /1 of 2 changes were made\.\nrefused: .*Not now\./);
    const now = await held();
    assert.ok(!now.has(one.identifier) && !now.has(other.identifier));
  });

  it('say before the question that the sign-in names no right to write, and let the user try nevertheless', async () => {
    const claims = Buffer.from(JSON.stringify({ scp: 'Workspace.Read.All' })).toString('base64url');
    stage = await openStage({ ...powerbi(), accessToken: `eyJhbGciOiJub25lIn0.${claims}.x` });
    const before = await held();
    const { target } = await memberAt(1);
    const left = user(close);
    await assert.rejects(run(removeMember, left.deps, target), cancelled);
    assert.match(
      lastModal(left.ui),
      /The sign-in does not allow changes.*\n“Power BI member” needs Workspace\.ReadWrite\.All/,
    );
    assert.equal(left.ui.shown.filter(({ kind }) => kind === 'confirm').length, 1);
    assert.deepEqual(await held(), before);
    await run(removeMember, user('Try Nevertheless', 'Remove').deps, target);
    assert.equal((await held()).size, before.size - 1);
  });

  it('tell in plain words that the service knows nobody by an e-mail address, and change nothing else', async () => {
    stage = await openStage(powerbi());
    const before = await held();
    const { target } = groupAt(0);
    // As Power BI refuses whom the directory does not know.
    const message = 'Parameter PrincipalType or Identifier is missing or invalid';
    const body = { error: { code: 'InvalidRequest', message } };
    stage.server.add({ match: /^POST .*users$/, fault: status(400, { body }), times: 1 });
    const { deps, ui } = user('nobody@generated.example → nobody@generated.example', 'Viewer', 'Add', close);
    await run(addMember, deps, target);
    const modal = lastModal(ui);
    assert.match(modal, /^The change was not made\.\nrefused: \+ nobody@generated\.example, Viewer/);
    assert.ok(modal.includes(message), modal);
    assert.deepEqual(await held(), before);
    assert.equal(stage.server.count(/^(POST|PUT|DELETE) .*users/), 1);
    const [entry] = await stage.core.store.reader.changeLog({ limit: 1 });
    assert.equal(entry?.outcome, 'failed');
  });

  it('want the name of the group where its last administrator would go', async () => {
    stage = await openStage(powerbi());
    const admins = [...(await held())].filter(([, right]) => right === 'Admin').map(([identifier]) => identifier);
    const { items: members } = await stage.core.api.members(stage.tenantId, groupAt(0).id);
    const targets = members
      .filter(({ identifier }) => admins.includes(identifier))
      .map(({ id }): Target => ({ ...groupAt(0).target, memberId: id }));
    assert.ok(targets.length > 0);
    const agree = targets.length === 1 ? 'Remove' : `Make ${targets.length} Changes`;
    const wrong = user(agree, 'Something');
    await assert.rejects(run(removeMember, wrong.deps, targets[0], targets), /does not take "Something"/);
    assert.match(lastModal(wrong.ui), /⚠ .* will have no administrator any more\./);
    assert.equal(stage.server.count(/^DELETE/), 0);
    await run(removeMember, user(agree, groupAt(0).name).deps, targets[0], targets);
    assert.equal(stage.server.count(/^DELETE/), targets.length);
  });

  it('make, rename and delete a group, and write it all into the log', async () => {
    stage = await openStage(powerbi('admin'));
    const { tenantId } = stage;
    await run(createGroup, user('Fresh', 'Create').deps, { tenantId });
    const { reader } = stage.core.store;
    const [fresh] = reader.groups(tenantId, { offset: 0, limit: 1, filter: 'Fresh' });
    assert.ok(fresh);
    const target = { tenantId, groupId: fresh.id };
    await run(renameGroup, user('Older', 'Rename').deps, target);
    await run(deleteGroup, user('Delete', 'Older').deps, target);
    assert.equal(reader.group(tenantId, fresh.id)?.details.state, 'Deleted');
    await run(restoreGroup, user('boss@generated.example', 'Restore').deps, target);
    assert.equal(reader.group(tenantId, fresh.id)?.details.state, 'Active');
    const { deps, ui } = user();
    await run(showChangeLog, deps, { tenantId });
    const text = ui.documents[0]?.text ?? '';
    assert.deepEqual(
      [...text.matchAll(/## #\d+ .*: (\w+)/g)].map(([, outcome]) => outcome),
      ['done', 'done', 'done', 'done'],
    );
    assert.match(text, /\+ group “Fresh”/);
  });

  it('undo the last plan whole, or what is chosen', async () => {
    stage = await openStage(powerbi());
    const before = await held();
    const { target } = groupAt(0);
    const typed = (name: string) => `${name}@generated.example → ${name}@generated.example`;
    await run(addMember, user(typed('one'), 'Viewer', 'Add').deps, target);
    await run(addMember, user(typed('two'), 'Viewer', 'Add').deps, target);
    await run(undoLastChange, user('Remove').deps);
    assert.deepEqual((await held()).size, before.size + 1);
    const lines = stage.core.store.reader.changeLog({ limit: 9 });
    assert.deepEqual(
      (await lines).map(({ isUndone }) => isUndone),
      [false, true, false],
    );
    const choice = `+ one@generated.example, Viewer: “${groupAt(0).name}”, tenant “Power BI member”`;
    await run(undoChanges, user([choice], 'Remove').deps);
    assert.deepEqual(await held(), before);
    const { deps, ui } = user();
    await run(undoLastChange, deps);
    await run(resumeChanges, deps);
    assert.deepEqual(ui.informed, ['There is nothing to undo.', 'No changes are unfinished.']);
  });

  it('say when permissions can be refreshed again', async () => {
    stage = await openStage(powerbi());
    const target = { tenantId: stage.tenantId };
    await run(refreshUserPermissions, user('Refresh').deps, target);
    const { deps, ui } = user(close);
    await assert.rejects(run(refreshUserPermissions, deps, target), cancelled);
    assert.match(lastModal(ui), /This cannot be done\.\n.*once an hour: again from at 20/);
    assert.equal(stage.server.count(/RefreshUserPermissions/), 1);
  });

  it('refuse what cannot be: an id of a group as a user, a group of a wrong kind', async () => {
    stage = await openStage(powerbi());
    const id = stage.groups[1]?.id ?? '';
    const { deps, ui } = user(`${id} → ${id}`, 'App', 'Viewer', close);
    await assert.rejects(run(addMember, deps, groupAt(0).target), cancelled);
    assert.match(lastModal(ui), /the id of a group, not of a person/);
  });

  it('undo goes on with what was before when somebody else took the last change back, or its tenant is gone', async () => {
    stage = await openStage(powerbi());
    const before = await held();
    const { target } = groupAt(0);
    const typed = (name: string) => `${name}@generated.example → ${name}@generated.example`;
    await run(addMember, user(typed('one'), 'Viewer', 'Add').deps, target);
    await run(addMember, user(typed('two'), 'Viewer', 'Add').deps, target);
    // Not by undoing.
    const { items } = await stage.core.api.members(stage.tenantId, target.groupId);
    const two = items.find(({ identifier }) => identifier.startsWith('two'));
    assert.ok(two);
    await run(removeMember, user('Remove').deps, { ...target, memberId: two.id });
    await stage.core.store.writer.logOutcome([3], { isUndone: true });
    const gone = { kind: 'removeMember', tenantId: 'gone', tenantName: 'Gone', groupId: 'g' } as const;
    const [key = 0] = await stage.core.store.writer.logPlan({ id: 'p', owner: 'w', changes: [gone] });
    await stage.core.store.writer.logOutcome([key], { outcome: 'applied' });

    const { deps, ui } = user();
    await run(undoLastChange, deps);
    assert.deepEqual(ui.informed, ['There is nothing to change: it is so already.']);
    await run(undoLastChange, user('Remove').deps);
    assert.deepEqual(await held(), before);
  });

  it('show remote names in one line each, and never as links', async () => {
    const name = 'Sales\n− Eve\u202e [x](command:evil) <command:evil>';
    const tenant = powerbi();
    assert.ok(tenant.provider === 'powerbi');
    const named = tenant.workspaces.slice(0, 4).map((one, index) => (index === 0 ? { ...one, name } : one));
    const workspace = (id: string) => named.find((one) => one.id === id);
    stage = await openStage({ ...tenant, workspaces: named, myWorkspaces: named, workspace });
    const group = stage.groups.find((one) => one.name.startsWith('Sales')) ?? assert.fail('no group');
    const target = { tenantId: stage.tenantId, groupId: group.id };
    const { deps, ui } = user('new@generated.example → new@generated.example', 'Viewer', 'Add');
    await run(addMember, deps, target);
    const lines = lastModal(ui).split('\n');
    assert.match(lines[0] ?? '', /Sales − Eve‹U\+202E› .*Viewer\?/);
    assert.equal(lines.filter((line) => /^[+−±]/.test(line)).length, 0, 'the question says it all');
    const { deps: again, ui: shown } = user();
    await run(showChangeLog, again);
    const text = shown.documents[0]?.text ?? '';
    assert.match(text, /Sales − Eve‹U\+202E›/);
    assert.doesNotMatch(text, /(?<!\\)[[<]/);
  });
});
