import assert from 'node:assert/strict';
import { hold } from '../support/faults.ts';
import { lines } from './lines.ts';
import { type OpenApi, rejectsWith, useStage } from './stage.ts';
import { plainPowerBI } from './tenants.ts';

/** Rule 1: what an abort does, and to whom. */
export function describeAborting(open: OpenApi): void {
  describe('rule 1: aborting', () => {
    const stage = useStage(open);

    async function serveHeld() {
      const held = hold();
      const served = await stage.serve(plainPowerBI(2), [{ match: lines.groups, fault: held.fault, times: 1 }]);
      return { ...served, held };
    }

    it('sends nothing for a caller that has aborted already', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(2));
      const options = { signal: AbortSignal.abort() };
      await rejectsWith('cancelled', stage.api.groups(tenantId, options));
      await rejectsWith('cancelled', stage.api.members(tenantId, 'any', options));
      await rejectsWith('cancelled', stage.api.loadAll(tenantId, options));
      assert.equal(server.count(lines.anything), 0);
    });

    it('goes on for the others when one leaves', async () => {
      const { server, tenantId, held } = await serveHeld();
      const leaver = new AbortController();
      const leaving = rejectsWith('cancelled', stage.api.groups(tenantId, { signal: leaver.signal }));
      const staying = stage.api.groups(tenantId);
      await held.reached;
      leaver.abort();
      await leaving;
      held.release();
      assert.equal((await staying).completeness.state, 'complete');
      assert.equal(server.count(lines.groups), 1);
    });

    it('abandons the request when the last one leaves', async () => {
      const { server, tenantId, held } = await serveHeld();
      const leavers = [new AbortController(), new AbortController()];
      const leaving = leavers.map(({ signal }) => rejectsWith('cancelled', stage.api.groups(tenantId, { signal })));
      await held.reached;
      for (const leaver of leavers) leaver.abort();
      await Promise.all(leaving);
      await (await server.received(lines.groups)).abandoned;
    });

    it('loads anew for a caller that comes right after the last one left', async () => {
      const { server, tenantId, held } = await serveHeld();
      const leaver = new AbortController();
      const leaving = rejectsWith('cancelled', stage.api.groups(tenantId, { signal: leaver.signal }));
      await held.reached;
      leaver.abort();
      const next = stage.api.groups(tenantId);
      await leaving;
      assert.equal((await next).completeness.state, 'complete');
      assert.equal(server.count(lines.groups), 2);
    });

    it('leaves a listing as it was when it is aborted before its first row', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(2));
      const before = await stage.api.groups(tenantId);
      const held = hold();
      server.add({ match: lines.groups, fault: held.fault });
      const leaver = new AbortController();
      const leaving = rejectsWith('cancelled', stage.api.groups(tenantId, { refresh: true, signal: leaver.signal }));
      await held.reached;
      leaver.abort();
      await leaving;
      server.heal();
      assert.deepEqual(await stage.api.groups(tenantId), before);
    });

    it('abandons a whole-tenant load with all of its requests, and takes it up again', async () => {
      const held = hold();
      const { server, tenantId } = await stage.serve(plainPowerBI(4), [{ match: lines.members, fault: held.fault }]);
      const leaver = new AbortController();
      const leaving = rejectsWith('cancelled', stage.api.loadAll(tenantId, { signal: leaver.signal }));
      const running = await Promise.all([1, 2, 3, 4].map((n) => server.received(lines.members, n)));
      leaver.abort();
      const next = stage.api.loadAll(tenantId);
      await leaving;
      await Promise.all(running.map(({ abandoned }) => abandoned));
      held.release();
      assert.equal((await next).state, 'complete');
    });
  });
}
