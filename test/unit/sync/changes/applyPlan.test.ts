import assert from 'node:assert/strict';
import type { ChangeKind, ChangePrincipal } from '../../../../src/core/changes/changes.ts';
import { principalOf } from '../../../../src/core/changes/planWorld.ts';
import { undoWishes } from '../../../../src/core/changes/undo.ts';
import { openStage, outcomes, powerbi, type Stage, stranger, uipath } from './stage.ts';

const rightOf = async (stage: Stage, groupId: string, who: ChangePrincipal) =>
  (await stage.actual(groupId)).find(({ identifier }) => identifier === who.identifier)?.accessRight;

describe('applying a plan', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  for (const scope of ['member', 'admin'] as const) {
    it(`adds, changes and removes members of Power BI, scope ${scope}, and undoes it all`, async () => {
      stage = await openStage(powerbi(scope));
      const [group] = stage.groups;
      assert.ok(group);
      const before = await stage.actual(group.id);
      const [, second, third] = before;
      assert.ok(second && third);
      const about = { tenantId: stage.tenantId, groupId: group.id };
      const result = await stage.apply(
        stage.add(group, stranger, 'Viewer'),
        { kind: 'changeAccessRight', ...about, principal: principalOf(second), accessRight: 'Viewer' },
        { kind: 'removeMember', ...about, principal: principalOf(third) },
      );
      assert.deepEqual(outcomes(result), ['applied', 'applied', 'applied']);
      assert.deepEqual(
        result.results.map(({ isSeen }) => isSeen),
        [true, true, true],
      );
      assert.equal(await rightOf(stage, group.id, stranger), 'Viewer');
      assert.equal(await rightOf(stage, group.id, principalOf(second)), 'Viewer');
      assert.equal(await rightOf(stage, group.id, principalOf(third)), undefined);
      assert.equal(result.results[1]?.change.isRemovedAndAdded, scope === 'admin' ? true : undefined);

      const log = await stage.core.store.reader.changeLog({ limit: 10 });
      assert.deepEqual(
        log.map(({ change, outcome, requestId }) => [change.kind, outcome, requestId !== undefined]),
        (['removeMember', 'changeAccessRight', 'addMember'] satisfies ChangeKind[]).map((kind) => [
          kind,
          'applied',
          true,
        ]),
      );
      const undone = await stage.apply(...undoWishes(log, undefined).wishes);
      assert.deepEqual(outcomes(undone), ['applied', 'applied', 'applied']);
      const shown = (members: typeof before) =>
        members.map(({ identifier, accessRight }) => `${identifier} ${accessRight}`).sort();
      assert.deepEqual(shown(await stage.actual(group.id)), shown(before));
      const after = await stage.core.store.reader.changeLog({ limit: 3, before: 4 });
      assert.deepEqual(
        after.map(({ isUndone }) => isUndone),
        [true, true, true],
      );
    });
  }

  it('resolves who is added to a group of UiPath, and removes them again', async () => {
    stage = await openStage(uipath());
    const [group, other] = stage.groups;
    assert.ok(group && other);
    const inGroup = new Set((await stage.actual(group.id)).map(({ identifier }) => identifier));
    const who = (await stage.actual(other.id)).find(({ identifier, email }) => email && !inGroup.has(identifier));
    assert.ok(who?.email);
    const given = { identifier: who.email, principalType: 'user', name: who.email };
    const result = await stage.apply(stage.add(group, given));
    assert.deepEqual(outcomes(result), ['applied']);
    assert.equal(result.results[0]?.isSeen, true);
    assert.equal(result.results[0]?.change.principal?.identifier, who.identifier);
    assert.ok((await stage.actual(group.id)).some(({ identifier }) => identifier === who.identifier));
    const log = await stage.core.store.reader.changeLog({ limit: 10 });
    assert.deepEqual(outcomes(await stage.apply(...undoWishes(log, undefined).wishes)), ['applied']);
    assert.ok(!(await stage.actual(group.id)).some(({ identifier }) => identifier === who.identifier));
  });

  it('makes, renames and deletes groups', async () => {
    for (const tenant of [powerbi(), uipath()]) {
      await stage?.close().catch(() => undefined);
      stage = await openStage(tenant);
      const { tenantId } = stage;
      const made = await stage.apply({ kind: 'createGroup', tenantId, name: 'New one' });
      assert.deepEqual(outcomes(made), ['applied']);
      assert.equal(made.results[0]?.isSeen, true);
      const groupId = made.results[0]?.change.groupId ?? '';
      const renamed = await stage.apply({ kind: 'renameGroup', tenantId, groupId, name: 'Other name' });
      assert.deepEqual([outcomes(renamed), renamed.results[0]?.isSeen], [['applied'], true]);
      assert.equal(stage.core.store.reader.group(tenantId, groupId)?.name, 'Other name');
      const deleted = await stage.apply({ kind: 'deleteGroup', tenantId, groupId });
      assert.deepEqual([outcomes(deleted), deleted.results[0]?.isSeen], [['applied'], true]);
      assert.equal(stage.core.store.reader.group(tenantId, groupId), undefined);
    }
  });

  it('restores a deleted workspace as administrator', async () => {
    stage = await openStage(powerbi('admin'));
    const { tenantId } = stage;
    const [group] = stage.groups;
    assert.ok(group);
    const about = { tenantId, groupId: group.id };
    assert.deepEqual(outcomes(await stage.apply({ kind: 'deleteGroup', ...about })), ['applied']);
    const again = await stage.apply({ kind: 'restoreGroup', ...about, owner: 'boss@generated.example' });
    assert.deepEqual([outcomes(again), again.results[0]?.isSeen], [['applied'], true]);
    assert.ok((await stage.actual(group.id)).some(({ email }) => email === 'boss@generated.example'));
  });

  it('refuses what a read-only tenant is asked, and sends nothing', async () => {
    stage = await openStage(powerbi(), { isReadOnly: true });
    const [group] = stage.groups;
    const plan = await stage.plan(stage.add(group, stranger, 'Viewer'));
    assert.deepEqual(plan.problems, [{ wish: 0, code: 'readOnly' }]);
    await stage.core.store.writer.setAllowsChanges(stage.tenantId, true);
    const good = await stage.plan(stage.add(group, stranger, 'Viewer'));
    await stage.core.store.writer.setAllowsChanges(stage.tenantId, false);
    const { signal } = new AbortController();
    await assert.rejects(stage.changes.apply(good, { signal }), { kind: 'forbidden' });
    assert.equal(stage.server.count(/^(POST|PUT|PATCH|DELETE)/), 0);
    assert.deepEqual(await stage.core.store.reader.changeLog({ limit: 10 }), []);
  });

  it('previews what a read-only tenant would be asked, which cannot be applied', async () => {
    stage = await openStage(powerbi(), { isReadOnly: true });
    const { signal } = new AbortController();
    const wish = stage.add(stage.groups[0], stranger, 'Viewer');
    const plan = await stage.changes.plan([wish], signal, { isPreview: true });
    assert.deepEqual(plan.problems, []);
    assert.equal(plan.changes.length, 1);
    await assert.rejects(stage.changes.apply(plan, { signal }), { kind: 'forbidden' });
    assert.equal(stage.server.count(/^(POST|PUT|DELETE)/), 0);
  });

  it('refreshes permissions once an hour, and says when again', async () => {
    stage = await openStage(powerbi());
    const wish = { kind: 'refreshUserPermissions', tenantId: stage.tenantId } as const;
    assert.deepEqual(outcomes(await stage.apply(wish)), ['applied']);
    const [problem] = (await stage.plan(wish)).problems;
    assert.equal(problem?.code, 'tooSoon');
    const minutes = (Date.parse(problem?.values?.[0] ?? '') - Date.now()) / 60_000;
    assert.ok(minutes > 58 && minutes <= 60, `${minutes}`);
  });
});
