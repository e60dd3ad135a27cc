import assert from 'node:assert/strict';
import { giveSameAccess } from '../../../src/commands/giveSameAccess.ts';
import { run } from '../../support/fakeCommandDeps.ts';
import { close } from '../../support/fakeUi.ts';
import { powerbi, uipath } from '../sync/changes/stage.ts';
import { lastModal, type ManyTenants, readOnlyTenant, startManyTenants, stateOf } from './manyTenants.ts';

const cancelled = { kind: 'cancelled' };

describe('give the same access', () => {
  let many: ManyTenants;
  beforeEach(() => {
    many = startManyTenants();
  });
  afterEach(() => many.close());

  it('adds what is lacking and raises what is less, in every tenant, and takes nothing', async () => {
    const [bi, robots] = await many.open([powerbi()], [uipath()]);
    assert.ok(bi && robots);
    const before = [await stateOf(bi), await stateOf(robots)];
    const [model, receiver] = ['person1@generated.example', 'person2@generated.example'];
    const { deps, ui } = many.user();
    const nameOf = async (email: string) => {
      const all = await many.allMembers(bi);
      return all.find((one) => one.email === email)?.name ?? '';
    };
    ui.replies.push(`${receiver} → ${await nameOf(receiver)}`, `${model} → ${await nameOf(model)}`, close);
    await assert.rejects(run(giveSameAccess, deps), cancelled);
    const count = /Make these (\d+) changes/.exec(lastModal(ui))?.[1];
    assert.match(
      lastModal(ui),
      new RegExp(`${await nameOf(receiver)} gets what ${await nameOf(model)} has themselves`),
    );
    const sure = many.user(
      `${receiver} → ${await nameOf(receiver)}`,
      `${model} → ${await nameOf(model)}`,
      `Make ${count} Changes`,
    );
    await run(giveSameAccess, sure.deps);
    assert.deepEqual(sure.ui.replies, []);
    const order = ['', 'Viewer', 'Contributor', 'Member', 'Admin'];
    for (const [index, stage] of [bi, robots].entries()) {
      const now = await stateOf(stage);
      for (const [groupId, members] of before[index] ?? []) {
        const [wanted, had] = [members.get(model), members.get(receiver)];
        const expected =
          wanted === undefined
            ? had
            : had === undefined
              ? wanted
              : order[Math.max(order.indexOf(had), order.indexOf(wanted))];
        assert.equal(now.get(groupId)?.get(receiver), expected);
        const others = (all: ReadonlyMap<string, string> | undefined) =>
          [...(all ?? [])].filter(([who]) => who !== receiver);
        assert.deepEqual(others(now.get(groupId)), others(members));
      }
    }
  });

  it('takes a newcomer by the e-mail address that was typed, tells what is not loaded and what is read-only', async () => {
    const [stage, closed] = await many.open([powerbi()], readOnlyTenant);
    assert.ok(stage && closed);
    await many.core.tenants.removeRows(closed.tenantId);
    await many.core.api.groups(closed.tenantId);
    await many.core.api.members(closed.tenantId, closed.groups[0]?.id ?? '');
    const [model] = await many.membersAt(stage, 0);
    assert.ok(model?.email);
    const newcomer = 'nina@generated.example';
    const { deps, ui } = many.user(`${newcomer} → ${newcomer}`, `${model.email} → ${model.name}`, close);
    await assert.rejects(run(giveSameAccess, deps), cancelled);
    const modal = lastModal(ui);
    assert.match(modal, /Whether “Power BI member” knows nina@generated\.example, its service will say\./);
    assert.match(modal, /“Read only”: the members of 3 of 4 groups are not all known\. Access there is not given\./);
    assert.match(modal, /Not given in “Read only” \(it is read-only, .*\): Workspace 1/);
    const count = /Make these (\d+) changes/.exec(modal)?.[1] ?? '';
    const replies = [`${newcomer} → ${newcomer}`, `${model.email} → ${model.name}`, `Make ${count} Changes`];
    await run(giveSameAccess, many.user(...replies).deps);
    const had = [...(await stateOf(stage)).values()].map((members) => [
      members.get(model.email ?? ''),
      members.get(newcomer),
    ]);
    for (const [wanted, now] of had) assert.equal(now, wanted);
    assert.equal(closed.server.count(/^(POST|PUT|DELETE)/), 0);
  });

  it('is refused for the same person twice', async () => {
    const [stage] = await many.open([powerbi()]);
    assert.ok(stage);
    const [member] = await many.membersAt(stage, 0);
    assert.ok(member?.email);
    const { deps, ui } = many.user(`${member.email} → ${member.name}`);
    await assert.rejects(run(giveSameAccess, deps, member.target), cancelled);
    assert.deepEqual(ui.informed, ['These are the same person. Choose somebody else.']);
  });
});
