import assert from 'node:assert/strict';
import { copyToGroup } from '../../../src/commands/copyToGroup.ts';
import { undoLastChange } from '../../../src/commands/undoLastChange.ts';
import { generateTenant } from '../../../src/sandbox/generatedTenant.ts';
import { run } from '../../support/fakeCommandDeps.ts';
import { close } from '../../support/fakeUi.ts';
import { powerbi, type Stage, small, uipath } from '../sync/changes/stage.ts';
import {
  groupAt,
  lastModal,
  type ManyTenants,
  modals,
  readOnlyTenant,
  startManyTenants,
  stateOf,
} from './manyTenants.ts';

const cancelled = { kind: 'cancelled' };

describe('copy to group', () => {
  let many: ManyTenants;
  beforeEach(() => {
    many = startManyTenants();
  });
  afterEach(() => many.close());

  /** Somebody who is in one group and not in another one. */
  async function outsider(stage: Stage, from: number, to: number) {
    const there = new Set((await many.membersAt(stage, to)).map(({ identifier }) => identifier));
    const found = (await many.membersAt(stage, from)).find(({ identifier, email }) => email && !there.has(identifier));
    assert.ok(found?.email);
    return { ...found, email: found.email };
  }

  it('adds members with the rights that they have, tells who is there already, and takes nobody away', async () => {
    const [stage] = await many.open([powerbi()]);
    assert.ok(stage);
    const before = await stateOf(stage);
    const [from, to] = [groupAt(stage, 0), groupAt(stage, 1)];
    const members = await many.membersAt(stage, 0);
    const had = before.get(to.id) ?? new Map();
    const given = before.get(from.id) ?? new Map();
    const changed = [...given].filter(([who, right]) => had.get(who) !== right).length;
    const { deps, ui } = many.user(`${to.name} → ${to.name}`, changed === 1 ? 'Add' : `Make ${changed} Changes`);
    const targets = members.map(({ target }) => target);
    await run(copyToGroup, deps, targets[0], targets);
    const now = await stateOf(stage);
    assert.deepEqual(now.get(to.id), new Map([...had, ...given].sort()));
    for (const { id } of stage.groups) if (id !== to.id) assert.deepEqual(now.get(id), before.get(id));
    const [pick] = ui.shown;
    assert.ok(pick?.labels?.includes(`${to.name} | Power BI member`));

    const again = many.user(`${to.name} → ${to.name}`);
    await run(copyToGroup, again.deps, targets[0], targets);
    assert.deepEqual(again.ui.informed, ['There is nothing to change: it is so already.']);
    await run(undoLastChange, many.user(changed === 1 ? 'Remove' : `Make ${changed} Changes`).deps);
    assert.deepEqual(await stateOf(stage), before);
  });

  it('tells that who is a member already gets another right, and that it is less', async () => {
    const [stage] = await many.open([powerbi()]);
    assert.ok(stage);
    const who = await outsider(stage, 0, 1);
    const { tenantId } = stage;
    const principal = { identifier: who.identifier, principalType: 'user', name: who.name, email: who.email };
    const admin = { ...stage.add(stage.groups[1], principal, 'Admin') };
    await stage.apply(admin, { ...stage.add(stage.groups[0], principal, 'Viewer') });
    const { deps, ui } = many.user('Change');
    await run(copyToGroup, deps, who.target, [who.target], { tenantId, groupId: groupAt(stage, 1).id });
    assert.match(lastModal(ui), /from Admin to Viewer\?\n⚠ .* is a member already, and has less afterwards\./);
    assert.equal((await stateOf(stage)).get(groupAt(stage, 1).id)?.get(who.email), 'Viewer');
  });

  it('says why nothing can be dropped on a place', async () => {
    const [stage, robots, readOnly] = await many.open([powerbi()], [uipath()], readOnlyTenant);
    assert.ok(stage && robots && readOnly);
    const [member] = await many.membersAt(stage, 0);
    assert.ok(member);
    const { target } = member;
    const dropped = async (place: unknown, rows: readonly unknown[] = [target]) => {
      const { deps, ui } = many.user(close);
      await assert.rejects(run(copyToGroup, deps, rows[0], rows, place), cancelled);
      return [...ui.informed, ...modals(ui)].join();
    };
    const group = groupAt(stage, 1).target;
    assert.match(await dropped(null), /^Drop members on a group/);
    assert.match(await dropped({ tenantId: stage.tenantId }), /^Drop members on a group/);
    assert.match(await dropped({ ...group, isNote: true }), /^Drop members on a group/);
    assert.match(await dropped({ ...group, groupId: '' }), /^Drop members on a group/);
    assert.match(await dropped(target), /^Drop members on a group/);
    assert.match(await dropped(group, [group]), /^Only members can be copied/);
    assert.match(await dropped(groupAt(robots, 0).target), /groups of the same service only/);
    assert.match(await dropped(groupAt(readOnly, 0).target), /“Read only” is read-only\. Allow changes/);
    for (const one of [stage, robots, readOnly]) assert.equal(one.server.count(/^(POST|PUT|DELETE)/), 0);
  });

  it('finds people of another tenant by e-mail, and says who cannot be found', async () => {
    const [one, other] = await many.open(
      [powerbi()],
      [generateTenant({ provider: 'powerbi', ...small, people: 5, seed: 2, name: 'Other' })],
    );
    assert.ok(one && other);
    const all = await many.allMembers(one);
    const known = all.find(({ email }) => email === 'person1@generated.example');
    const unknown = all.find(({ email }) => email === 'person12@generated.example');
    assert.ok(known && unknown);
    const { target } = groupAt(other, 0);
    const principal = { identifier: 'person1@generated.example', principalType: 'user', name: 'x' };
    await other.apply({ kind: 'removeMember', ...target, principal });
    const { deps, ui } = many.user('Add');
    await run(copyToGroup, deps, known.target, [known.target, unknown.target], target);
    assert.match(
      lastModal(ui),
      /Left out: .*person12@generated\.example\)\. Nobody in “Other” is known by this e-mail/,
    );
    const now = (await stateOf(other)).get(target.groupId);
    assert.equal(now?.get('person1@generated.example'), known.accessRight);
    assert.ok(!now?.has('person12@generated.example'));
  });

  it('finds people of another organization in its directory', async () => {
    const [one, other] = await many.open(
      [uipath()],
      [generateTenant({ provider: 'uipath', groups: 2, membersPerGroup: 2, people: 12, seed: 3, name: 'Other' })],
    );
    assert.ok(one && other);
    const { target } = groupAt(other, 0);
    const there = new Set((await stateOf(other)).get(target.groupId)?.keys());
    const inGroups = new Set([...(await stateOf(other)).values()].flatMap((members) => [...members.keys()]));
    const all = await many.allMembers(one);
    const who = all.find(({ email }) => email && !there.has(email) && !inGroups.has(email));
    assert.ok(who?.email);
    await run(copyToGroup, many.user('Add').deps, who.target, [who.target], target);
    assert.ok((await stateOf(other)).get(target.groupId)?.has(who.email));
  });
});
