import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { json } from '../support/faults.ts';
import { lines } from './lines.ts';
import { groupRow, pagesOf, rowPages } from './replies.ts';
import { assertUnique, idsOf, type OpenApi, useStage } from './stage.ts';
import { plainPowerBI, powerBIWith, user, workspace } from './tenants.ts';

/** Rule 3: ids that are unique in their listing. */
export function describeIds(open: OpenApi, fixture: (path: string) => string): void {
  describe('rule 3: ids', () => {
    const stage = useStage(open);

    it('shows both groups of one id, and asks for the members of either by the id of the service', async () => {
      const body: unknown = JSON.parse(readFileSync(fixture('powerbi/get-groups.json'), 'utf8'));
      const { server, tenantId } = await stage.serve(plainPowerBI(1), [
        { match: lines.groups, fault: json(() => body) },
      ]);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.equal(completeness.state, 'complete');
      const id = '9507205b--c2d2e72ac843';
      assert.deepEqual(idsOf(items), ['62b2098e--3c080d8b528d', '69c5b1b1--fa16d62a9b61', id, `${id}~2`]);
      assert.deepEqual(
        items.slice(2).map(({ details }) => details.id),
        [id, id],
      );
      for (const group of items.slice(2)) await stage.api.members(tenantId, group.id);
      assert.equal(server.count(new RegExp(`/groups/${id}/users\\?`)), 2);
      assert.equal(server.count(/~/), 0);
    });

    it('keeps one id for the same row over refreshes', async () => {
      const page = [groupRow('a (first)'), groupRow('a (second)')];
      const { tenantId } = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: rowPages([page]) }]);
      const first = await stage.api.groups(tenantId);
      const again = await stage.api.groups(tenantId, { refresh: true });
      assert.deepEqual(again.items, first.items);
      assert.deepEqual(idsOf(first.items), ['a', 'a~2']);
    });

    it('never makes an id that the service itself sends', async () => {
      const rows = [groupRow('a'), groupRow('a (again)'), groupRow('a~2')];
      const { tenantId } = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: rowPages([rows]) }]);
      const { items } = await stage.api.groups(tenantId);
      assertUnique(items);
      assert.deepEqual(idsOf(items), ['a', 'a~3', 'a~2']);
      assert.deepEqual(
        items.map(({ details }) => details.id),
        ['a', 'a', 'a~2'],
      );
    });

    it("tells a member's profiles apart", async () => {
      const app = { displayName: 'App', identifier: 'app-1', principalType: 'App' as const };
      const profile = (id: string) => user('App', { ...app, profile: { id, displayName: id } });
      const { tenantId } = await stage.serve(powerBIWith([workspace('W', [profile('p1'), profile('p2')])]));
      const { items } = await stage.api.members(tenantId, 'w-W');
      assert.deepEqual(
        items.map(({ id, identifier }) => [id, identifier]),
        [
          ['app-1:p1', 'app-1'],
          ['app-1:p2', 'app-1'],
        ],
      );
    });

    it('shows a member twice that one page repeats, with both rights', async () => {
      const twice = [user('Ada'), user('Ada', { groupUserAccessRight: 'Admin' })];
      const { tenantId } = await stage.serve(powerBIWith([workspace('W', twice)]));
      const { items } = await stage.api.members(tenantId, 'w-W');
      assert.deepEqual(
        items.map(({ id, accessRight }) => [id, accessRight]),
        [
          ['ada@contoso.example', 'Viewer'],
          ['ada@contoso.example~2', 'Admin'],
        ],
      );
    });

    it('takes an equal row on a later page for the same row', async () => {
      const shifted = pagesOf([
        ['a', 'b'],
        ['b', 'c'],
      ]);
      const { tenantId } = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: shifted }]);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([idsOf(items), completeness.state, completeness.count], [['a', 'b', 'c'], 'complete', 3]);
    });

    it('takes the newer content of one id on a later page', async () => {
      const renamed = pagesOf([
        ['a', 'b'],
        ['b (renamed)', 'c'],
      ]);
      const { tenantId } = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: renamed }]);
      const { items } = await stage.api.groups(tenantId);
      assert.deepEqual(
        items.map(({ id, name }) => [id, name]),
        [
          ['a', 'a'],
          ['b', 'b (renamed)'],
          ['c', 'c'],
        ],
      );
    });

    it('is partial when a page comes again whole', async () => {
      const endless = pagesOf([
        ['a', 'b'],
        ['a', 'b'],
      ]);
      const { tenantId } = await stage.serve(plainPowerBI(1), [{ match: lines.groups, fault: endless }]);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual(idsOf(items), ['a', 'b']);
      assert.deepEqual([completeness.state, completeness.kind], ['partial', 'badResponse']);
    });
  });
}
