import assert from 'node:assert/strict';
import { hold, status, throttle } from '../support/faults.ts';
import { lines } from './lines.ts';
import { pagesOf, rowPages } from './replies.ts';
import { type OpenApi, useStage } from './stage.ts';
import { plainPowerBI, plainUiPath, powerBIWith, user, workspace } from './tenants.ts';

const ofGroup = (name: string) => new RegExp(`/groups/w-${name}/users`);

/** Rule 9: reading a tenant whole. */
export function describeWhole(open: OpenApi): void {
  describe('rule 9: loadAll', () => {
    const stage = useStage(open);

    it('reads every listing once', async () => {
      for (const [tenant, requests] of [
        [plainPowerBI(12, 3), 13],
        [plainPowerBI(12, 3, 'admin'), 1],
        [plainUiPath(12, 3), 1],
        [plainUiPath(12, 3, 'null'), 26],
      ] as const) {
        const { server, tenantId } = await stage.serve(tenant);
        const { asOf, ...rest } = await stage.api.loadAll(tenantId);
        assert.deepEqual(rest, { state: 'complete', count: 36 });
        assert.ok(asOf);
        assert.equal(server.count(lines.anything), requests);
        for (const { id } of (await stage.api.groups(tenantId)).items) {
          assert.equal((await stage.api.members(tenantId, id)).items.length, 3);
        }
        assert.equal(server.count(lines.anything), requests);
      }
    });

    it('reads only what is missing, and everything on refresh', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(4));
      const { items } = await stage.api.groups(tenantId);
      await stage.api.members(tenantId, items[0]?.id ?? '');
      await stage.api.loadAll(tenantId);
      assert.deepEqual([server.count(lines.groups), server.count(lines.members)], [1, 4]);
      await stage.api.loadAll(tenantId);
      assert.deepEqual([server.count(lines.groups), server.count(lines.members)], [1, 4]);
      await stage.api.loadAll(tenantId, { refresh: true });
      assert.deepEqual([server.count(lines.groups), server.count(lines.members)], [2, 8]);
    });

    it('shares one run between equal callers', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(3));
      await Promise.all(Array.from({ length: 20 }, () => stage.api.loadAll(tenantId)));
      assert.equal(server.count(lines.anything), 4);
    });

    it('answers a refresh by a refresh, also while a run without one goes on', async () => {
      const held = hold();
      const { server, tenantId } = await stage.serve(plainPowerBI(3));
      await stage.api.loadAll(tenantId);
      server.add({ match: lines.members, fault: status(404), times: 1 });
      const { items } = await stage.api.groups(tenantId);
      await stage.api.members(tenantId, items[0]?.id ?? '', { refresh: true });
      server.add({ match: lines.members, fault: held.fault, times: 1 });
      const missing = stage.api.loadAll(tenantId);
      await held.reached;
      const refreshed = stage.api.loadAll(tenantId, { refresh: true });
      held.release();
      assert.equal((await missing).state, 'complete');
      const before = server.count(lines.members);
      assert.equal((await refreshed).state, 'complete');
      assert.ok(server.count(lines.members) >= before + 2);
      assert.equal(server.count(lines.groups), 2);
    });

    it('tells the state of the groups where those did not complete', async () => {
      const denied = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: status(401) }]);
      const { state, kind } = await stage.api.loadAll(denied.tenantId);
      assert.deepEqual([state, kind], ['denied', 'forbidden']);
      assert.equal(denied.server.count(lines.members), 0);

      const cut = await stage.serve(powerBIWith([workspace('a'), workspace('b')]));
      cut.server.add({ match: lines.groups, fault: status(404), from: 2 });
      cut.server.add({ match: lines.groups, fault: pagesOf([['w-a'], ['w-b']]) });
      const partial = await stage.api.loadAll(cut.tenantId);
      assert.deepEqual([partial.state, partial.kind], ['partial', 'notFound']);
      assert.equal(cut.server.count(lines.members), 1);
    });

    it('counts what is missing, and names the earliest time to try again', async () => {
      const names = ['ok', 'denied', 'gone', 'late', 'later'];
      const tenant = powerBIWith(
        names.map((name) => workspace(name, undefined, { isMemberListDenied: name === 'denied' })),
      );
      const { server, tenantId } = await stage.serve(tenant, [
        { match: ofGroup('gone'), fault: status(404) },
        { match: ofGroup('late'), fault: throttle(100) },
        { match: ofGroup('later'), fault: throttle(2000) },
      ]);
      const began = Date.now();
      const { state, count, reason, retryAt } = await stage.api.loadAll(tenantId);
      assert.deepEqual([state, count], ['partial', 1]);
      assert.match(reason ?? '', /1 denied/);
      assert.match(reason ?? '', /1 failed/);
      assert.match(reason ?? '', /2 throttled/);
      const wait = Date.parse(retryAt ?? '') - began;
      assert.ok(wait >= 100_000 && wait < 2_000_000, retryAt);
      server.heal();
      assert.match((await stage.api.loadAll(tenantId)).reason ?? '', /^[^\d]*1 denied\.$/);
    });

    it('names the time to try again also for a listing that was throttled after its first rows', async () => {
      const { server, tenantId } = await stage.serve(powerBIWith([workspace('W')]));
      server.add({ match: lines.members, fault: throttle(100), from: 2 });
      server.add({ match: lines.members, fault: rowPages([[user('Ada')], [user('Bob')]]) });
      const { state, reason, retryAt } = await stage.api.loadAll(tenantId);
      assert.equal(state, 'partial');
      assert.match(reason ?? '', /1 partial/);
      assert.ok(retryAt);
    });

    it('does not go on asking a service that refuses everything', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(60), [
        { match: lines.members, fault: throttle(3600) },
      ]);
      const { state, reason, retryAt } = await stage.api.loadAll(tenantId);
      assert.equal(state, 'partial');
      assert.match(reason ?? '', /not loaded.*throttled/);
      assert.ok(retryAt);
      assert.ok(server.count(lines.members) < 30, `${server.count(lines.members)} requests`);
    });
  });
}
