import assert from 'node:assert/strict';
import type { Wish } from '../../../../src/core/changes/changes.ts';
import { principalOf } from '../../../../src/core/changes/planWorld.ts';
import { undoWishes } from '../../../../src/core/changes/undo.ts';
import { AppError } from '../../../../src/core/errors.ts';
import type { IdentityMember } from '../../../../src/sandbox/uipath/tenant.ts';
import { isWindowOpen } from '../../../../src/sync/changes/owner.ts';
import type { Fault } from '../../../support/fault.ts';
import { hold, reset, status, throttle } from '../../../support/faults.ts';
import { openStage, outcomes, powerbi, type Stage, stranger, uipath } from './stage.ts';

const { signal } = new AbortController();

describe('a change', () => {
  let stage: Stage;
  afterEach(() => stage.close());

  const log = () => stage.core.store.reader.changeLog({ limit: 20 });
  const firstGroup = () => stage.groups[0] ?? assert.fail('no group');

  async function secondMember() {
    const group = firstGroup();
    const member = (await stage.actual(group.id))[1];
    assert.ok(member);
    return { tenantId: stage.tenantId, groupId: group.id, principal: principalOf(member) };
  }

  it('that would make a group a second time is told before, also where it was made since the groups were read', async () => {
    stage = await openStage(powerbi());
    const wish = { kind: 'createGroup', tenantId: stage.tenantId, name: 'Made by a window that closed' } as const;
    assert.deepEqual((await stage.plan(wish)).problems, []);
    const { token, endpoint } = stage.server.connections.map(({ auth, endpoint: at }) => ({
      token: auth.method === 'accessToken' ? auth.accessToken : '',
      endpoint: at,
    }))[0] ?? { token: '', endpoint: '' };
    const made = await fetch(`${endpoint}/v1.0/myorg/groups?workspaceV2=true`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: wish.name }),
    });
    assert.equal(made.status, 200);
    const again = await stage.changes.plan([wish], signal, { touchedAt: () => Date.now() });
    assert.deepEqual(again.problems, [{ wish: 0, code: 'nameTaken', isWarning: true }]);
    assert.equal(again.changes.length, 1);
  });

  for (const [name, tenant, line] of [
    ['Power BI', powerbi, /^POST .*\/groups\?/],
    ['UiPath', uipath, /^POST .*\/Group$/],
  ] as const) {
    it(`of ${name} that made no group never takes another one of the same name for it`, async () => {
      stage = await openStage(tenant());
      const { name: taken } = firstGroup();
      stage.server.add({ match: line, fault: status(500) });
      const result = await stage.apply({ kind: 'createGroup', tenantId: stage.tenantId, name: taken });
      assert.deepEqual(outcomes(result), ['unknown']);
      assert.notEqual(result.results[0]?.change.groupId, firstGroup().id);
    });

    it(`of ${name} knows the group that it made, though no reply came`, async () => {
      stage = await openStage(tenant());
      const lost: Fault = async (exchange, next) => {
        await next();
        return reset()(exchange, next);
      };
      stage.server.add({ match: line, fault: lost });
      const result = await stage.apply({ kind: 'createGroup', tenantId: stage.tenantId, name: 'Fresh' });
      assert.deepEqual(outcomes(result), ['applied']);
      const groupId = result.results[0]?.change.groupId ?? '';
      assert.equal(stage.core.store.reader.group(stage.tenantId, groupId)?.name, 'Fresh');
      assert.equal((await log())[0]?.change.groupId, groupId);
    });
  }

  it('is planned as of a group that is not known whole where reading it anew was stopped', async () => {
    stage = await openStage(powerbi());
    const { core, server, tenantId } = stage;
    const { groupId, principal } = await secondMember();
    await core.api.members(tenantId, groupId);
    const wish: Wish = { kind: 'removeMember', tenantId, groupId, principal };
    assert.deepEqual((await stage.plan(wish)).gaps, []);
    const stops: Fault = async (_, next) => {
      core.sync.cancel(tenantId);
      return next();
    };
    server.add({ match: /^GET .*\/users/, fault: stops });
    const { now } = Date;
    Date.now = () => now() + 120_000;
    try {
      assert.deepEqual(
        (await stage.plan(wish)).gaps.map((gap) => gap.groupId),
        [groupId],
      );
    } finally {
      Date.now = now;
    }
  });

  it('that was done is not told as not done when the log cannot be written any more', async () => {
    stage = await openStage(powerbi());
    const others = ['one', 'two'].map((who) => {
      const identifier = `${who}@generated.example`;
      return stage.add(firstGroup(), { identifier, principalType: 'user', name: identifier }, 'Viewer');
    });
    const plan = await stage.plan(...others);
    const { writer } = stage.core.store;
    const { logOutcome } = writer;
    let isBroken = false;
    Object.assign(writer, {
      logOutcome: async (...args: Parameters<typeof logOutcome>) => {
        if (!isBroken && args[1].outcome !== 'applied') return logOutcome(...args);
        isBroken = true;
        throw new AppError('unavailable', 'The disk is full.', { storeFault: 'full' });
      },
    });
    const result = await stage.changes.apply(plan, { signal });
    Object.assign(writer, { logOutcome });
    assert.deepEqual(outcomes(result), ['applied', 'notDone']);
    assert.match(result.results[0]?.reason ?? '', /could not be written into the change log/);
    assert.equal(result.stopped?.isCancelled, false);
    assert.equal(stage.server.count(/^POST .*users$/), 1);
    // The next start tells of it.
    assert.deepEqual(
      (await log()).map(({ outcome }) => outcome),
      ['planned', 'begun'],
    );
  });

  it('of a member of UiPath leaves the group its name, whatever it was called when it was loaded', async () => {
    stage = await openStage(uipath());
    const wish: Wish = { kind: 'removeMember', ...(await secondMember()) };
    const { id } = firstGroup();
    const [connection] = stage.server.connections;
    assert.ok(connection?.partitionGlobalId);
    const { endpoint, organization, partitionGlobalId, auth } = connection;
    const headers = { authorization: `Bearer ${auth.accessToken}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ partitionGlobalId, name: 'Renamed by somebody else' });
    const address = `${endpoint}/${organization}/identity_/api/Group`;
    await fetch(`${address}/${id}`, { method: 'PUT', headers, body });
    assert.deepEqual(outcomes(await stage.apply(wish)), ['applied']);
    const reply = await fetch(`${address}/${partitionGlobalId}/${id}`, { headers });
    assert.equal(((await reply.json()) as { name: string }).name, 'Renamed by somebody else');
  });

  it('that UiPath refuses with `succeeded: false` failed, in its words, and nothing of it is done', async () => {
    stage = await openStage(uipath());
    const body = { succeeded: false, errors: [{ code: 'X', description: 'Only on Mondays.' }] };
    stage.server.add({ match: /^PUT /, fault: status(200, { body }) });
    // As if somebody else were quicker: that the member is gone is not this change's doing.
    const wish: Wish = { kind: 'removeMember', ...(await secondMember()) };
    const plan = await stage.plan(wish);
    const absent = { ...plan, changes: plan.changes.map((one) => ({ ...one, principal: stranger })) };
    const result = await stage.changes.apply(absent, { signal });
    assert.deepEqual(outcomes(result), ['failed']);
    assert.match(result.results[0]?.reason ?? '', /Only on Mondays\./);
  });

  it('adds nobody to a group of UiPath whom a name does not tell from others', async () => {
    const finance: IdentityMember = {
      ...{ objectType: 'DirectoryGroup', source: 'aad', name: 'Finance', displayName: 'Finance', email: null },
      identifier: '11111111-0000-4000-8000-000000000001',
    };
    const other = { ...finance, identifier: '11111111-0000-4000-8000-000000000002' };
    const tenant = uipath();
    assert.ok(tenant.provider === 'uipath');
    const last = tenant.groups.slice(3, 4)[0];
    const members = (group: Parameters<typeof tenant.members>[0]) => [
      ...tenant.members(group),
      ...(group.id === last?.id ? [finance, other] : []),
    ];
    stage = await openStage({ ...tenant, members });
    const { principals } = await stage.changes.search(stage.tenantId, 'Finance', signal);
    assert.equal(principals.length, 2);
    const found = (id: string) => principals.find(({ identifier }) => identifier.endsWith(id)) ?? assert.fail(id);
    // The directory resolves the name to the first of them.
    assert.deepEqual(outcomes(await stage.apply(stage.add(firstGroup(), found(finance.identifier)))), ['applied']);
    const wrong = await stage.apply(stage.add(firstGroup(), found(other.identifier)));
    assert.deepEqual(outcomes(wrong), ['failed']);
    assert.match(wrong.results[0]?.reason ?? '', /several as “Finance”/);
    const typed = { identifier: other.identifier, principalType: 'group', name: other.identifier };
    assert.deepEqual(outcomes(await stage.apply(stage.add(firstGroup(), typed))), ['applied']);
    assert.ok((await stage.actual(firstGroup().id)).some(({ identifier }) => identifier === other.identifier));
  });

  it('of somebody who became an administrator meanwhile is not made unseen', async () => {
    stage = await openStage(powerbi());
    const plan = await stage.plan(stage.add(firstGroup(), stranger, 'Viewer'));
    await stage.apply(stage.add(firstGroup(), stranger, 'Admin'));
    const result = await stage.changes.apply(plan, { signal });
    assert.deepEqual(outcomes(result), ['failed']);
    assert.match(result.results[0]?.reason ?? '', /a member with the right Admin now/);
    assert.equal(stage.server.count(/^PUT/), 0);
  });

  it('of a member who is there by now is in the log with what was before, before it is made', async () => {
    stage = await openStage(powerbi());
    const plan = await stage.plan(stage.add(firstGroup(), stranger, 'Member'));
    await stage.apply(stage.add(firstGroup(), stranger, 'Viewer'));
    const held = hold();
    stage.server.add({ match: /^PUT/, fault: held.fault, times: 1 });
    const applying = stage.changes.apply(plan, { signal });
    await held.reached;
    const [entry] = await log();
    assert.deepEqual([entry?.outcome, entry?.change.before], ['begun', { accessRight: 'Viewer' }]);
    held.release();
    assert.deepEqual(outcomes(await applying), ['applied']);
  });

  describe('of a right that is removed and added again', () => {
    const post = /^POST .*\/admin\/groups\/[^/]+\/users$/;
    const wanted = async (): Promise<Wish> => ({
      kind: 'changeAccessRight',
      ...(await secondMember()),
      accessRight: 'Viewer',
    });
    const rightNow = async ({ groupId = '', principal }: Wish) =>
      (await stage.actual(groupId)).find(({ identifier }) => identifier === principal?.identifier)?.accessRight;

    it('is not left half done when it is cancelled while the service asks to wait', async () => {
      stage = await openStage(powerbi('admin'));
      const wish = await wanted();
      const plan = await stage.plan(wish);
      const controller = new AbortController();
      const busy: Fault = async (exchange, next) => {
        controller.abort();
        return status(429, { headers: { 'retry-after-ms': '1' } })(exchange, next);
      };
      stage.server.add({ match: post, fault: busy, times: 1 });
      const result = await stage.changes.apply(plan, { signal: controller.signal });
      assert.deepEqual(outcomes(result), ['applied']);
      assert.equal(await rightNow(wish), 'Viewer');
    });

    it('gives the old right back when the service takes the new one from nobody, even by 404', async () => {
      stage = await openStage(powerbi('admin'));
      const wish = await wanted();
      const before = await rightNow(wish);
      stage.server.add({ match: post, fault: status(404, { body: { message: 'Who?' } }), times: 1 });
      const result = await stage.apply(wish);
      assert.deepEqual(outcomes(result), ['failed']);
      assert.match(result.results[0]?.reason ?? '', /Who\?/);
      assert.equal(await rightNow(wish), before);
    });

    it('says who has no access when it stops half way, and is resumed and undone from there', async () => {
      stage = await openStage(powerbi('admin'));
      const wish = await wanted();
      const before = await rightNow(wish);
      stage.server.add({ match: post, fault: throttle(3600), times: 1 });
      const result = await stage.apply(wish);
      assert.deepEqual(outcomes(result), ['unknown']);
      assert.match(result.results[0]?.reason ?? '', /removed and not added again/);
      assert.equal(await rightNow(wish), undefined);
      const undoing = undoWishes(await log(), undefined);
      const undone = await stage.apply(...undoing.wishes);
      assert.deepEqual(outcomes(undone), ['applied']);
      assert.equal(await rightNow(wish), before);
    });
  });

  it('that was sent is waited for and told when the loads of its tenant are stopped', async () => {
    stage = await openStage(powerbi());
    const plan = await stage.plan(stage.add(firstGroup(), stranger, 'Viewer'));
    const held = hold();
    stage.server.add({ match: /^POST .*users$/, fault: held.fault, times: 1 });
    const applying = stage.changes.apply(plan, { signal });
    await held.reached;
    stage.core.sync.cancel(stage.tenantId);
    held.release();
    assert.deepEqual(outcomes(await applying), ['applied']);
    assert.equal((await log())[0]?.outcome, 'applied');
  });

  it('needs to be allowed anew when the tenant is connected to another place', async () => {
    stage = await openStage(powerbi());
    const { core, tenantId } = stage;
    const allows = () => core.store.reader.tenant(tenantId)?.allowsChanges;
    const endpoint = core.store.reader.tenant(tenantId)?.connection.endpoint ?? '';
    await core.tenants.edit(tenantId, { name: 'Other name' });
    assert.equal(allows(), true);
    await core.tenants.edit(tenantId, { endpoint: `${endpoint}/elsewhere` });
    assert.equal(allows(), undefined);
  });
});

describe('the window of an unfinished plan', () => {
  it('is gone when it was silent for long, whatever process has its number now', () => {
    const owner = `${process.ppid} x`;
    assert.equal(isWindowOpen(owner, new Date().toISOString()), true);
    assert.equal(isWindowOpen(owner, new Date(Date.now() - 3_600_000).toISOString()), false);
  });
});
