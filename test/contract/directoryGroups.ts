import assert from 'node:assert/strict';
import { type DirectoryGroupDescription, entraTenant } from '../../src/sandbox/entra/tenant.ts';
import {
  directoryGuest,
  directoryUser,
  nestedGroup,
  securityGroup,
  servicePrincipal,
} from '../../src/sandbox/samples/directoryAccess.ts';
import { consultants, contosoPeople } from '../../src/sandbox/samples/people.ts';
import { json, pageCap, status } from '../support/faults.ts';
import { lines } from './lines.ts';
import { assertUnique, type OpenApi, rejectsWith, useStage } from './stage.ts';
import { plainEntra } from './tenants.ts';

const { zoe, tom } = contosoPeople;
const guest = directoryGuest(consultants.mira, 'contoso.onmicrosoft.com');
const bot = servicePrincipal('Bot');
const everybody = Object.values(contosoPeople).map(directoryUser);

const withGroups = (...groups: DirectoryGroupDescription[]) => entraTenant({ name: 'Directory', groups });

/** The groups of an Entra directory, by Microsoft Graph. */
export function describeDirectoryGroups(open: OpenApi): void {
  describe("Entra's groups", () => {
    const stage = useStage(open);

    it('have users, guests, groups and apps for members', async () => {
      const members = [directoryUser(zoe), guest, nestedGroup('Inner'), bot];
      const { tenantId } = await stage.serve(withGroups(securityGroup('Outer', members)));
      const { items: groups, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual(
        [groups.map(({ name, kind }) => [name, kind]), completeness.state],
        [[['Outer', 'security']], 'complete'],
      );
      const listing = await stage.api.members(tenantId, groups[0]?.id ?? '');
      assert.deepEqual(
        listing.items.map(({ name, principalType }) => [name, principalType]),
        [
          [zoe.displayName, 'user'],
          ['Mira Kovačević', 'user'],
          ['Inner', 'group'],
          ['Bot', 'app'],
        ],
      );
      assert.equal(listing.completeness.state, 'complete');
      assert.equal(listing.items[1]?.details.userType, 'Guest');
      assert.equal(listing.items[0]?.email, zoe.email);
    });

    it('are read page by page, by links', async () => {
      const { server, tenantId } = await stage.serve(plainEntra(7, 2), [{ match: lines.anything, fault: pageCap(3) }]);
      const { items, completeness } = await stage.api.groups(tenantId);
      assert.deepEqual([items.length, completeness.state, server.count(lines.directoryGroups)], [7, 'complete', 3]);
      assertUnique(items);
      const whole = await stage.api.loadAll(tenantId);
      assert.deepEqual([whole.state, whole.count], ['complete', 14]);
    });

    it('show apps however large the group is', async () => {
      const large = withGroups(securityGroup('Large', [...everybody, bot]));
      const { server, tenantId } = await stage.serve(large, [{ match: lines.directoryMembers, fault: pageCap(7) }]);
      const [group] = (await stage.api.groups(tenantId)).items;
      const { items, completeness } = await stage.api.members(tenantId, group?.id ?? '');
      assert.deepEqual([items.length, completeness.state], [everybody.length + 1, 'complete']);
      assert.ok(items.some(({ name }) => name === 'Bot'));
      assert.equal(server.count(lines.apps), 1);
    });

    it('are partial where the apps cannot be read', async () => {
      const { tenantId } = await stage.serve(withGroups(securityGroup('G', [directoryUser(tom), bot])), [
        {
          match: lines.apps,
          fault: status(403, { body: { error: { code: 'X', message: 'Not for you.' } } }),
        },
      ]);
      const [group] = (await stage.api.groups(tenantId)).items;
      const { items, completeness } = await stage.api.members(tenantId, group?.id ?? '');
      assert.deepEqual([items.length, completeness.state, completeness.kind], [1, 'partial', 'forbidden']);
      assert.match(completeness.reason ?? '', /Not for you\./);
    });

    it('are partial, not empty, where they hide their members', async () => {
      const hidden = securityGroup('Hidden', [directoryUser(tom)], { visibility: 'HiddenMembership' });
      const { tenantId } = await stage.serve(withGroups(hidden));
      const { completeness } = await stage.api.members(tenantId, hidden.id);
      assert.deepEqual([completeness.state, completeness.kind, completeness.count], ['partial', 'forbidden', 0]);
      assert.equal((await stage.api.loadAll(tenantId)).state, 'partial');
    });

    for (const [what, link] of [
      ['at another host', 'https://elsewhere.example/v1.0/groups?$skiptoken=x'],
      ['that came before', '?'],
    ]) {
      it(`are not followed to a page ${what}`, async () => {
        const fault = json((body) => ({ ...(body as object), '@odata.nextLink': link }));
        const { server, tenantId } = await stage.serve(plainEntra(3), [{ match: lines.directoryGroups, fault }]);
        const { items, completeness } = await stage.api.groups(tenantId);
        assert.deepEqual([items.length, completeness.state, completeness.kind], [3, 'partial', 'badResponse']);
        assert.ok(server.count(lines.anything) <= 2);
      });
    }

    it('need a token that Graph takes, and a right', async () => {
      const { server, tenantId } = await stage.serve(plainEntra(1), [
        { match: lines.directoryGroups, fault: status(401) },
      ]);
      assert.deepEqual((await stage.api.groups(tenantId)).completeness.kind, 'notSignedIn');
      server.heal();
      server.add({ match: lines.directoryGroups, fault: status(403) });
      assert.equal((await stage.api.groups(tenantId, { refresh: true })).completeness.state, 'denied');
      server.heal();
      await rejectsWith('notFound', stage.api.members(tenantId, 'no such group', { refresh: true }));
    });
  });
}
