import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { principalOf } from '../../../../src/core/changes/planWorld.ts';
import { remainingWishes } from '../../../../src/core/changes/undo.ts';
import { memorySecrets, startCore } from '../../../support/core.ts';
import { hold, reset, status } from '../../../support/faults.ts';
import { openStage, outcomes, powerbi, type Stage, stranger } from './stage.ts';

const others = ['one', 'two', 'three'].map((name) => {
  const identifier = `${name}@generated.example`;
  return { identifier, principalType: 'user', name: identifier };
});
const post = /^POST .*\/users$/;

describe('a plan that ends early', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  it('because the user cancels: what was sent is waited for, the rest is told and can be resumed', async () => {
    stage = await openStage(powerbi());
    const wishes = others.map((one) => stage.add(stage.groups[0], one, 'Viewer'));
    const plan = await stage.plan(...wishes);
    const held = hold();
    stage.server.add({ match: post, fault: held.fault, from: 2, times: 1 });
    const controller = new AbortController();
    const applying = stage.changes.apply(plan, { signal: controller.signal });
    await held.reached;
    controller.abort();
    held.release();
    const result = await applying;
    assert.deepEqual(outcomes(result), ['applied', 'applied', 'notDone']);
    assert.equal(result.stopped?.isCancelled, true);
    const log = await stage.core.store.reader.changeLog({ limit: 9 });
    assert.deepEqual(
      log.map(({ outcome }) => outcome),
      ['notDone', 'applied', 'applied'],
    );
    const rest = remainingWishes(result.results);
    assert.deepEqual(rest, [{ ...wishes[2] }]);
    assert.deepEqual(outcomes(await stage.apply(...rest)), ['applied']);
    assert.equal(stage.server.count(post), 3);
  });

  it('because the network is gone: nothing is sent any more', async () => {
    stage = await openStage(powerbi());
    const plan = await stage.plan(...others.map((one) => stage.add(stage.groups[0], one, 'Viewer')));
    stage.server.add({ match: post, fault: reset(), times: 1 });
    const { signal } = new AbortController();
    const result = await stage.changes.apply(plan, { signal });
    assert.deepEqual(outcomes(result), ['unknown', 'notDone', 'notDone']);
    assert.equal(result.stopped?.isCancelled, false);
    assert.equal(stage.server.count(post), 1);
  });

  it('because one tenant cannot be reached: the others go on, and the rest of that one can be resumed', async () => {
    stage = await openStage(powerbi());
    const other = await openStage(powerbi('admin'), { core: stage.core });
    try {
      const here = others.map((one) => stage.add(stage.groups[0], one, 'Viewer'));
      const there = others.map((one) => other.add(other.groups[0], one, 'Viewer'));
      const plan = await stage.plan(...here, ...there);
      stage.server.add({ match: post, fault: reset(), times: 1 });
      const held = hold();
      other.server.add({ match: post, fault: held.fault, times: 1 });
      const { signal } = new AbortController();
      // The other one is answered only when this one has failed.
      const result = await stage.changes.apply(plan, { signal, onProgress: held.release });
      assert.deepEqual(outcomes(result), ['unknown', 'notDone', 'notDone', 'applied', 'applied', 'applied']);
      assert.equal(result.stopped?.isCancelled, false);
      assert.equal(result.results[1]?.reason, result.stopped?.reason);
      assert.deepEqual([stage.server.count(post), other.server.count(post)], [1, 3]);
      assert.deepEqual(remainingWishes(result.results), here);
    } finally {
      await other.close();
    }
  });

  it('in a group where somebody was refused: others come, nobody goes', async () => {
    stage = await openStage(powerbi());
    const [group] = stage.groups;
    const [, leaver] = await stage.actual(group?.id ?? '');
    assert.ok(group && leaver);
    stage.server.add({ match: post, fault: status(400, { body: { message: 'Not her.' } }), times: 1 });
    const removal = { kind: 'removeMember', tenantId: stage.tenantId, groupId: group.id } as const;
    const result = await stage.apply(...others.slice(0, 2).map((one) => stage.add(group, one, 'Admin')), {
      ...removal,
      principal: principalOf(leaver),
    });
    assert.deepEqual(outcomes(result), ['failed', 'applied', 'notDone']);
    assert.match(result.results[0]?.reason ?? '', /Not her\./);
    assert.ok((await stage.actual(group.id)).some(({ identifier }) => identifier === leaver.identifier));
  });

  it('while the tenant is made read-only: what is behind is refused', async () => {
    stage = await openStage(powerbi());
    const plan = await stage.plan(...others.map((one) => stage.add(stage.groups[0], one, 'Viewer')));
    const held = hold();
    stage.server.add({ match: post, fault: held.fault, times: 1 });
    const { signal } = new AbortController();
    const applying = stage.changes.apply(plan, { signal });
    await held.reached;
    await stage.core.store.writer.setAllowsChanges(stage.tenantId, false);
    held.release();
    assert.deepEqual(outcomes(await applying), ['applied', 'failed', 'failed']);
    assert.equal(stage.server.count(post), 1);
  });
});

describe('a window that is closed in the middle', () => {
  it('leaves its changes as unfinished, and the next one says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'changes-'));
    const secrets = memorySecrets();
    const stage = await openStage(powerbi(), { folder, secrets });
    const next = startCore({ folder, secrets });
    // Till the end: what reaches the service only after the window is closed would be there already.
    const held = hold();
    try {
      const plan = await stage.plan(...others.map((one) => stage.add(stage.groups[0], one, 'Viewer')));
      stage.server.add({ match: post, fault: held.fault, from: 2, times: 1 });
      const { signal } = new AbortController();
      const applying = stage.changes.apply(plan, { signal });
      await held.reached;
      assert.deepEqual(await stage.changes.unfinished(), [], 'its own are under way');
      await stage.core.close();
      // Its request is gone with its connection, so the service does not carry it out.
      await applying;

      const changes = await next.sync.changes();
      const [unfinished] = await changes.unfinished();
      assert.equal(unfinished?.changes, 2);
      const log = (await next.store.reader.changeLog({ limit: 9 })).toReversed();
      assert.deepEqual(
        log.map(({ outcome }) => outcome),
        ['applied', 'begun', 'planned'],
      );
      await changes.giveUp(unfinished.plan);
      assert.deepEqual(await changes.unfinished(), []);
      const rest = remainingWishes(log);
      const again = await changes.apply(await changes.plan(rest, signal), { signal });
      assert.deepEqual(outcomes(again), ['applied', 'applied']);
    } finally {
      held.release();
      await next.close();
      await stage.server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('what a service says', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  it('of somebody who is there already makes a change of it, with what was before', async () => {
    stage = await openStage(powerbi());
    const [group] = stage.groups;
    const plan = await stage.plan(stage.add(group, stranger, 'Viewer'));
    // Somebody else is quicker.
    await stage.apply(stage.add(group, stranger, 'Contributor'));
    const { signal } = new AbortController();
    const result = await stage.changes.apply(plan, { signal });
    assert.deepEqual(outcomes(result), ['applied']);
    const [entry] = await stage.core.store.reader.changeLog({ limit: 1 });
    assert.deepEqual(
      [entry?.change.kind, entry?.change.before, entry?.change.after],
      ['changeAccessRight', { accessRight: 'Contributor' }, { accessRight: 'Viewer' }],
    );
    const again = await stage.changes.apply(plan, { signal });
    assert.deepEqual(outcomes(again), ['unchanged']);
  });

  it('never brings its token into the log', async () => {
    stage = await openStage(powerbi());
    const [group] = stage.groups;
    const token = 'sample-token-power-bi-member';
    const body = { message: `Bearer ${token} may not do this: ${token}` };
    stage.server.add({ match: post, fault: status(400, { body, headers: { requestid: token } }) });
    const result = await stage.apply(stage.add(group, stranger, 'Viewer'));
    assert.match(result.results[0]?.reason ?? '', /may not do this/);
    const [entry] = await stage.core.store.reader.changeLog({ limit: 1 });
    assert.ok(entry);
    assert.doesNotMatch(JSON.stringify([entry, result]), /sample-token/);
  });

  it('is told before by a token that names no right to write', async () => {
    const claims = Buffer.from(JSON.stringify({ scp: 'Workspace.Read.All Report.Read.All' })).toString('base64url');
    const tenant = { ...powerbi(), accessToken: `eyJhbGciOiJub25lIn0.${claims}.x` };
    stage = await openStage(tenant);
    const plan = await stage.plan(stage.add(stage.groups[0], stranger, 'Viewer'));
    assert.deepEqual(await stage.changes.missingScopes(plan), [
      { tenantId: stage.tenantId, scopes: ['Workspace.ReadWrite.All'] },
    ]);
  });
});
