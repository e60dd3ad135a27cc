import assert from 'node:assert/strict';
import { ignoreSkip, json, pageCap } from '../support/faults.ts';
import { lines } from './lines.ts';
import { rowPages } from './replies.ts';
import { assertUnique, type OpenApi, useStage } from './stage.ts';
import { plainPowerBI, plainUiPath } from './tenants.ts';

/** Rule 4: no page is mistaken for the last one. */
export function describePaging(open: OpenApi): void {
  describe('rule 4: paging', () => {
    const stage = useStage(open);

    const caps: [cap: number, groups: number, requests: number][] = [
      [100, 250, 3],
      [100, 300, 4],
      [125, 250, 3],
      [249, 250, 2],
      [250, 250, 2],
      [5000, 250, 2],
      [5000, 99, 1],
      [5000, 0, 1],
    ];
    for (const [cap, groups, requests] of caps) {
      it(`reads ${groups} groups in pages capped at ${cap}`, async () => {
        const rules = [{ match: lines.groups, fault: pageCap(cap) }];
        const { server, tenantId } = await stage.serve(plainPowerBI(groups), rules);
        const { items, completeness } = await stage.api.groups(tenantId);
        assert.deepEqual([items.length, completeness.state], [groups, 'complete']);
        assertUnique(items);
        assert.equal(server.count(lines.groups), requests);
      });
    }

    it('reads members and the groups of a whole tenant the same way', async () => {
      const capped = [{ match: lines.anything, fault: pageCap(100) }];
      const one = await stage.serve(plainPowerBI(1, 230), capped);
      const [group] = (await stage.api.groups(one.tenantId)).items;
      const members = await stage.api.members(one.tenantId, group?.id ?? '');
      assert.deepEqual([members.items.length, members.completeness.state], [230, 'complete']);
      assert.equal(one.server.count(lines.members), 3);
      const whole = await stage.serve(plainPowerBI(230, 2, 'admin'), capped);
      const groups = await stage.api.groups(whole.tenantId);
      assert.deepEqual([groups.items.length, groups.completeness.state], [230, 'complete']);
      assert.equal(whole.server.count(lines.adminGroups), 3);
    });

    it('goes on after pages of any size while a total is not reached', async () => {
      const rows = Array.from({ length: 7 }, (_, index) => ({ id: `g${index}`, name: `G ${index}` }));
      const pages = [rows.slice(0, 1), rows.slice(1, 4), rows.slice(4)];
      const { server, tenantId } = await stage.serve(plainPowerBI(1), [
        { match: lines.groups, fault: rowPages(pages) },
      ]);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([items.length, completeness.state], [7, 'complete']);
      assert.equal(server.count(lines.groups), 3);
    });

    it('is partial when a total that was announced is not reached', async () => {
      const pages = [[{ id: 'a', name: 'A' }], [{ id: 'b', name: 'B' }]];
      const fault = rowPages(pages, 5);
      const { tenantId } = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault }]);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([items.length, completeness.state, completeness.kind], [2, 'partial', 'badResponse']);
    });

    it('is partial when the service ignores $skip', async () => {
      const rules = [
        { match: lines.groups, fault: ignoreSkip() },
        { match: lines.groups, fault: pageCap(100) },
      ];
      const { server, tenantId } = await stage.serve(plainPowerBI(150), rules);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([items.length, completeness.state, completeness.kind], [100, 'partial', 'badResponse']);
      assert.equal(server.count(lines.groups), 2);
    });

    it('is partial when the service names a page that it does not send', async () => {
      const more = json((body) => ({ ...(body as object), '@odata.nextLink': 'https://elsewhere.example/next' }));
      const { server, tenantId } = await stage.serve(plainPowerBI(3), [{ match: lines.groups, fault: more }]);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([items.length, completeness.state, completeness.kind], [3, 'partial', 'badResponse']);
      assert.equal(server.count(lines.anything), 1);
    });

    it("follows UiPath's total, whatever the service's cap", async () => {
      for (const cap of [1, 7, 24, 25, 1000]) {
        const capped = [{ match: lines.references, fault: pageCap(cap) }];
        const { tenantId } = await stage.serve(plainUiPath(1, 25, 'null'), capped);
        const [group] = (await stage.api.groups(tenantId)).items;
        const { items } = await stage.api.members(tenantId, group?.id ?? '');
        assert.equal(items.length, 25, `cap ${cap}`);
        assertUnique(items);
      }
    });
  });
}
