import assert from 'node:assert/strict';
import { status } from '../support/faults.ts';
import { lines } from './lines.ts';
import { type OpenApi, rejectsWith, useStage } from './stage.ts';
import { identityGroup, person, powerBIWith, uiPathWith, user, workspace } from './tenants.ts';

const zoe = user('Zoë Ångström', {
  emailAddress: 'z.angstrom@contoso.example',
  identifier: 'z.angstrom@contoso.example',
});
const app = user('Robot', { principalType: 'App', identifier: '3d9b93c6-7b6d-4801-a491-1738910904fd' });

const embedded = user('Embedded', { principalType: 'App', identifier: 'app-of-profiles-7', profile: { id: 'p-1' } });

/** Rule 11: what a principal reaches, over all tenants. */
export function describeFinding(open: OpenApi): void {
  describe('rule 11: findAccess', () => {
    const stage = useStage(open);

    beforeEach(async () => {
      assert.deepEqual(await stage.api.tenants(), [], 'another test left its tenants');
    });

    async function serveAll() {
      const former = user('Zoë Former', { groupUserAccessRight: 'None' });
      const powerbi = await stage.serve(
        powerBIWith([
          workspace('Sales', [{ ...zoe, groupUserAccessRight: 'Admin' }, user('Bob'), former]),
          workspace('Finance', [zoe, app, embedded]),
        ]),
      );
      const uipath = await stage.serve(
        uiPathWith([identityGroup('Automation', [person('Zoe', { displayName: 'ZOE ANGSTROM' }), person('Eve')])]),
      );
      for (const { tenantId } of [powerbi, uipath]) await stage.api.loadAll(tenantId);
      return { powerbi, uipath };
    }

    async function found(query: string): Promise<string[]> {
      const { items } = await stage.api.findAccess(query);
      return items.map(({ groupName, member }) => `${groupName}: ${member.name}`).sort();
    }

    const ofZoe = ['Automation: ZOE ANGSTROM', 'Finance: Zoë Ångström', 'Sales: Zoë Ångström'];

    it('folds case and accents, in names and e-mails, over all tenants', async () => {
      await serveAll();
      for (const query of ['zoe angstrom', 'ZOË ÅNGSTRÖM', '  Zoe A ', 'gstrom']) {
        assert.deepEqual(await found(query), ofZoe, query);
      }
      assert.deepEqual(await found('z.ANGSTROM@'), ofZoe.slice(1));
      assert.deepEqual(await found('nobody'), []);
    });

    it('tells where and how, as a direct grant', async () => {
      const { powerbi } = await serveAll();
      const { items } = await stage.api.findAccess('z.angstrom@contoso.example');
      const sales = items.find(({ groupName }) => groupName === 'Sales');
      const { member, ...place } = sales ?? assert.fail('Sales is missing');
      assert.deepEqual(place, { tenantId: powerbi.tenantId, groupId: 'w-Sales', groupName: 'Sales', path: [] });
      assert.deepEqual([member.accessRight, member.email], ['Admin', 'z.angstrom@contoso.example']);
    });

    it('takes an id only whole', async () => {
      await serveAll();
      assert.deepEqual(await found(app.identifier), ['Finance: Robot']);
      assert.deepEqual(await found(app.identifier.toUpperCase()), ['Finance: Robot']);
      assert.deepEqual(await found('7b6d-4801'), []);
      // Of an app with a profile the id is longer than its identifier; both are whole.
      for (const id of [embedded.identifier, `${embedded.identifier}:p-1`])
        assert.deepEqual(await found(id), ['Finance: Embedded']);
      assert.deepEqual(await found('app-of-profiles-'), []);
    });

    it('leaves out members without any right', async () => {
      await serveAll();
      assert.deepEqual(await found('former'), []);
    });

    it('sends nothing, unless on refresh', async () => {
      const { powerbi, uipath } = await serveAll();
      const sent = () => powerbi.server.count(lines.anything) + uipath.server.count(lines.anything);
      const before = sent();
      await stage.api.findAccess('zoe');
      assert.equal(sent(), before);
      await stage.api.findAccess('zoe', { refresh: true });
      assert.ok(sent() >= before + 4);
    });

    it('is complete only if every tenant is', async () => {
      const { powerbi, uipath } = await serveAll();
      const { completeness } = await stage.api.findAccess('zoe');
      assert.deepEqual([completeness.state, completeness.count], ['complete', 3]);

      const more = await stage.serve(powerBIWith([workspace('Later', [zoe])]), [], { name: 'Not yet read' });
      const partial = await stage.api.findAccess('zoe');
      assert.deepEqual([partial.completeness.state, partial.items.length], ['partial', 3]);
      assert.match(partial.completeness.reason ?? '', /Not yet read/);
      await stage.api.groups(more.tenantId);
      assert.equal((await stage.api.findAccess('zoe')).completeness.state, 'partial');
      await stage.api.loadAll(more.tenantId);
      assert.deepEqual(await found('zoe'), [...ofZoe, 'Later: Zoë Ångström'].sort());
      assert.equal((await stage.api.findAccess('nobody')).completeness.state, 'complete');

      powerbi.server.add({ match: lines.members, fault: status(401), times: 1 });
      const denied = await stage.api.findAccess('zoe', { refresh: true });
      assert.deepEqual([denied.completeness.state, denied.items.length], ['partial', 4]);
      assert.match(denied.completeness.reason ?? '', /1 denied/);
      await uipath.server.close();
    });

    it('is complete with nothing where there is no tenant', async () => {
      const { items, completeness } = await stage.api.findAccess('zoe');
      assert.deepEqual([items, completeness.state, completeness.count], [[], 'complete', 0]);
    });

    it('rejects on abort, and without anything to look for', async () => {
      await rejectsWith('cancelled', stage.api.findAccess('zoe', { signal: AbortSignal.abort() }));
      await rejectsWith('invalid', stage.api.findAccess('  '));
    });
  });
}
