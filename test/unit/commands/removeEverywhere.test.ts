import assert from 'node:assert/strict';
import { removeEverywhere } from '../../../src/commands/removeEverywhere.ts';
import { run } from '../../support/fakeCommandDeps.ts';
import { close, type Reply } from '../../support/fakeUi.ts';
import { status } from '../../support/faults.ts';
import { powerbi, type Stage, uipath } from '../sync/changes/stage.ts';
import { lastModal, type ManyTenants, modals, readOnlyTenant, startManyTenants, stateOf } from './manyTenants.ts';

const cancelled = { kind: 'cancelled' };

describe('remove everywhere', () => {
  let many: ManyTenants;
  beforeEach(() => {
    many = startManyTenants();
  });
  afterEach(() => many.close());

  const leaver = 'person1@generated.example';

  /** The last administrators are typed where it is asked for. */
  async function removed(stage: Stage, ...before: Reply[]) {
    const members = await many.allMembers(stage);
    const row = members.find(({ email }) => email === leaver);
    assert.ok(row);
    const { deps, ui } = many.user(close);
    await assert.rejects(run(removeEverywhere, deps, row.target), cancelled);
    const count = Number(/Make these (\d+) changes/.exec(lastModal(ui))?.[1] ?? 1);
    const risky = [...lastModal(ui).matchAll(/^⚠ “(.*?)”/gm)].map(([, name]) => name ?? '');
    const distinct = [...new Set(risky)];
    const typed =
      distinct.length === 0
        ? []
        : [distinct.length === 1 ? (distinct[0] ?? '') : (many.core.store.reader.tenant(stage.tenantId)?.name ?? '')];
    const agreed = many.user(count === 1 ? 'Remove' : `Make ${count} Changes`, ...typed, ...before);
    await run(removeEverywhere, agreed.deps, row.target);
    return { modal: lastModal(ui), count, ui: agreed.ui };
  }

  it('takes all memberships in all tenants, and nobody else’s; tells what stays', async () => {
    const [bi, robots, closed] = await many.open([powerbi()], [uipath()], readOnlyTenant);
    assert.ok(bi && robots && closed);
    const before = await Promise.all([bi, robots, closed].map(stateOf));
    const { modal, ui } = await removed(bi);
    assert.match(modal, /is removed from every group that they are a member of themselves\./);
    assert.match(modal, /Stays in “Read only” \(it is read-only, .*\): Workspace/);
    const order = [...modal.matchAll(/tenant “(Power BI member|UiPath)”$/gm)].map(([, name]) => name);
    assert.deepEqual(order, order.toSorted());
    const now = await Promise.all([bi, robots, closed].map(stateOf));
    for (const [index, state] of before.entries()) {
      for (const [groupId, members] of state) {
        const left = index === 2 ? [...members] : [...members].filter(([who]) => who !== leaver);
        assert.deepEqual([...(now[index]?.get(groupId) ?? [])], left);
      }
    }
    assert.match(ui.informed.join(), /changes were made/);
    const again = many.user();
    const row = (await Promise.all(closed.groups.map((_, index) => many.membersAt(closed, index))))
      .flat()
      .find(({ email }) => email === leaver);
    await run(removeEverywhere, again.deps, row?.target);
    assert.match(lastModal(again.ui), /^There is nothing to change\./);
  });

  it('goes on with what a refusal left, in one result over all tenants', async () => {
    const [bi, robots] = await many.open([powerbi()], [uipath()]);
    assert.ok(bi && robots);
    robots.server.add({ match: /^PUT/, fault: status(400, { body: { message: 'Not now.' } }), times: 1 });
    const { ui, count } = await removed(bi, 'Retry the Rest', 'Remove');
    assert.equal(ui.replies.length, 0);
    assert.ok(
      modals(ui).some(
        (text) => text.startsWith(`${count - 1} of ${count} changes were made.`) && /Not now\./.test(text),
      ),
    );
    for (const stage of [bi, robots])
      for (const members of (await stateOf(stage)).values()) assert.ok(!members.has(leaver));
  });
});
