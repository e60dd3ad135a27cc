import assert from 'node:assert/strict';
import { json, status, throttle } from '../support/faults.ts';
import { lines } from './lines.ts';
import { pagesOf, powerBIList } from './replies.ts';
import { assertUnique, idsOf, type OpenApi, useStage } from './stage.ts';
import { plainPowerBI, plainUiPath, powerBIWith, workspace } from './tenants.ts';

/** Rule 2: what a load leaves its listing in. */
export function describeStates(open: OpenApi): void {
  describe('rule 2: states', () => {
    const stage = useStage(open);

    it('is complete when every row came', async () => {
      const { tenantId } = await stage.serve(plainPowerBI(3));
      const { items, completeness } = await stage.api.groups(tenantId);
      const { asOf, ...rest } = completeness;
      assert.deepEqual(rest, { state: 'complete', count: items.length });
      assert.equal(asOf, new Date(asOf ?? '').toISOString());
    });

    it('is complete where there is nothing', async () => {
      const { tenantId } = await stage.serve(powerBIWith([workspace('Empty', [])]));
      const { items, completeness } = await stage.api.members(tenantId, 'w-Empty');
      assert.deepEqual([items, completeness.state, completeness.count], [[], 'complete', 0]);
      assert.ok(completeness.asOf);
    });

    it('is partial when it ended early, and holds what came', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(1));
      server.add({ match: lines.groups, fault: status(403), from: 2 });
      server.add({ match: lines.groups, fault: pagesOf([['a', 'b'], ['c']]) });
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual(idsOf(items), ['a', 'b']);
      assert.deepEqual([completeness.state, completeness.kind, completeness.count], ['partial', 'notSignedIn', 2]);
      assert.ok(completeness.asOf);
    });

    it('is partial when rows could not be read', async () => {
      const broken = json(() => powerBIList([{ id: 'a', name: 'A' }, { name: 'no id' }, null, { id: 'b', name: 'B' }]));
      const { tenantId } = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: broken }]);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual(idsOf(items), ['a', 'b']);
      assert.deepEqual([completeness.state, completeness.kind], ['partial', 'badResponse']);
      assert.match(completeness.reason ?? '', /2/);
    });

    it('is denied where the right is missing', async () => {
      const denied = workspace('Denied', [], { isMemberListDenied: true });
      const { tenantId } = await stage.serve(powerBIWith([denied]));
      const { items, completeness } = await stage.api.members(tenantId, 'w-Denied');
      assert.deepEqual([items, completeness.state, completeness.kind], [[], 'denied', 'forbidden']);
      assert.match(completeness.reason ?? '', /GroupNotAccessible/);
      assert.equal(completeness.asOf, undefined);
    });

    it('is throttled when the wait is too long, and says until when', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: throttle(3392) }]);
      const began = Date.now();
      const { completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([completeness.state, completeness.kind], ['throttled', 'throttled']);
      const retryAt = Date.parse(completeness.retryAt ?? '');
      assert.ok(retryAt >= began + 3_392_000 && retryAt <= Date.now() + 3_392_000, completeness.retryAt);
      assert.match(completeness.reason ?? '', /Retry in 3392 seconds/);
      assert.equal(server.count(lines.groups), 1);
    });

    it('is failed otherwise, in the words of the service', async () => {
      const partition = 'not-this-one';
      const { tenantId } = await stage.serve(plainUiPath(1), [], { partitionGlobalId: partition });
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([items, completeness.state, completeness.kind], [[], 'failed', 'invalid']);
      assert.match(completeness.reason ?? '', /The value 'not-this-one' is not valid\./);
    });

    it('keeps the rows of an earlier complete load, and its time, until a newer one ends well', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(1));
      const first = pagesOf([['a', 'b'], ['c']]);
      server.add({ match: lines.groups, fault: first });
      const whole = await stage.api.groups(tenantId);
      assert.deepEqual([idsOf(whole.items), whole.completeness.state], [['a', 'b', 'c'], 'complete']);

      server.heal();
      server.add({ match: lines.groups, fault: status(404) });
      const failed = await stage.api.groups(tenantId, { refresh: true });
      assert.deepEqual(failed.items, whole.items);
      assert.deepEqual([failed.completeness.state, failed.completeness.kind], ['failed', 'notFound']);
      assert.deepEqual([failed.completeness.asOf, failed.completeness.count], [whole.completeness.asOf, 3]);

      server.heal();
      server.add({ match: lines.groups, fault: status(401, { body: { error: { code: 'Other' } } }), from: 2 });
      server.add({ match: lines.groups, fault: pagesOf([['d', 'b (renamed)'], ['e']]) });
      const partial = await stage.api.groups(tenantId, { refresh: true });
      assert.deepEqual(idsOf(partial.items), ['d', 'b', 'a', 'c']);
      assert.equal(partial.items[1]?.name, 'b (renamed)');
      assert.deepEqual([partial.completeness.state, partial.completeness.kind], ['partial', 'forbidden']);
      assert.deepEqual([partial.completeness.asOf, partial.completeness.count], [whole.completeness.asOf, 4]);
      assertUnique(partial.items);

      server.heal();
      server.add({ match: lines.groups, fault: pagesOf([['d'], ['e']]) });
      const newer = await stage.api.groups(tenantId, { refresh: true });
      assert.deepEqual([idsOf(newer.items), newer.completeness.state], [['d', 'e'], 'complete']);
      assert.ok((newer.completeness.asOf ?? '') >= (whole.completeness.asOf ?? ''));
    });

    it('keeps the rows of an earlier load when the right is gone', async () => {
      const { server, tenantId } = await stage.serve(powerBIWith([workspace('W')]));
      const whole = await stage.api.members(tenantId, 'w-W');
      server.add({ match: lines.members, fault: status(401) });
      const denied = await stage.api.members(tenantId, 'w-W', { refresh: true });
      assert.deepEqual(denied.items, whole.items);
      assert.deepEqual([denied.completeness.state, denied.completeness.asOf], ['denied', whole.completeness.asOf]);
    });
  });
}
