import assert from 'node:assert/strict';
import type { EmbeddedMembers } from '../../src/sandbox/uipath/tenant.ts';
import type { FaultRule } from '../support/faultServer.ts';
import { json, status } from '../support/faults.ts';
import { lines } from './lines.ts';
import { type OpenApi, useStage } from './stage.ts';
import { identityGroup, person, uiPathWith } from './tenants.ts';

const ada = person('Ada');
const bob = person('Bob');
const robot = person('Robot', { objectType: 'DirectoryRobotUser', email: null });
const groupId = identityGroup('Admins', []).id;

/** Rule 5: UiPath's members, which come along, or by id, or not at all. */
export function describeIdentityMembers(open: OpenApi): void {
  describe("rule 5: UiPath's members", () => {
    const stage = useStage(open);

    /** Opens the one group of an organization. */
    async function read(embeddedMembers: EmbeddedMembers, rules: readonly FaultRule[] = [], members = [ada, bob]) {
      const tenant = uiPathWith([identityGroup('Admins', members)], { embeddedMembers, directory: [ada, bob] });
      const { server, tenantId } = await stage.serve(tenant, rules);
      const groups = await stage.api.groups(tenantId);
      assert.deepEqual([groups.items.length, groups.completeness.state], [1, 'complete']);
      const { items, completeness } = await stage.api.members(tenantId, groupId);
      const names = items.map(({ name }) => name);
      const counts = [lines.identityGroup, lines.references, lines.directory].map((line) => server.count(line));
      return { server, tenantId, items, names, completeness, counts };
    }

    it('takes members that come along for all of them', async () => {
      const { names, completeness, counts } = await read('populated');
      assert.deepEqual([names, completeness.state, counts], [['Ada', 'Bob'], 'complete', [0, 0, 0]]);
    });

    for (const embedded of ['empty', 'null', 'missing'] as const) {
      it(`asks for members that come as ${embedded}, and joins their ids with the directory`, async () => {
        const { items, names, completeness, counts } = await read(embedded);
        assert.deepEqual([names, completeness.state, counts], [['Ada', 'Bob'], 'complete', [1, 1, 1]]);
        assert.deepEqual(
          items.map(({ email, identifier, principalType }) => [email, identifier, principalType]),
          [
            ['ada@acme.example', ada.identifier, 'user'],
            ['bob@acme.example', bob.identifier, 'user'],
          ],
        );
      });

      it(`takes what the group itself brings where the list has ${embedded}`, async () => {
        const brings = json((body) => ({ ...(body as object), members: [ada] }));
        const { names, completeness, counts } = await read(embedded, [{ match: lines.identityGroup, fault: brings }]);
        assert.deepEqual([names, completeness.state, counts], [['Ada'], 'complete', [1, 0, 0]]);
      });

      for (const code of [404, 405]) {
        it(`asks for ids where the group's own route answers ${code} and the list has ${embedded}`, async () => {
          const { names, completeness } = await read(embedded, [{ match: lines.identityGroup, fault: status(code) }]);
          assert.deepEqual([names, completeness.state], [['Ada', 'Bob'], 'complete']);
        });

        it(`${embedded === 'empty' ? 'takes' : 'does not take'} ${embedded} for an answer where no route exists (${code})`, async () => {
          const fault = status(code);
          const both = [
            { match: lines.identityGroup, fault },
            { match: lines.references, fault },
          ];
          const { names, completeness, counts } = await read(embedded, both);
          assert.deepEqual([names, counts], [[], [1, 1, 0]]);
          assert.equal(completeness.state, embedded === 'empty' ? 'complete' : 'failed');
        });
      }
    }

    it('does not take [] for an answer where the routes fail otherwise', async () => {
      const { completeness } = await read('empty', [{ match: lines.references, fault: status(403) }]);
      assert.deepEqual([completeness.state, completeness.kind], ['denied', 'forbidden']);
    });

    it('keeps ids that nothing names as rows, and says so', async () => {
      const { items, completeness } = await read('null', [], [ada, robot]);
      assert.deepEqual(
        items.map(({ name, principalType }) => [name, principalType]),
        [
          ['Ada', 'user'],
          [robot.identifier, 'robot'],
        ],
      );
      assert.deepEqual([completeness.state, completeness.kind, completeness.count], ['partial', 'notFound', 2]);
    });

    it('keeps the ids when the directory is denied, and says why', async () => {
      const { names, completeness } = await read('null', [{ match: lines.directory, fault: status(403) }]);
      assert.deepEqual(names, [ada.identifier, bob.identifier]);
      assert.deepEqual([completeness.state, completeness.kind], ['partial', 'forbidden']);
    });

    it('names them once the directory may be read', async () => {
      const { server, tenantId } = await read('null', [{ match: lines.directory, fault: status(403) }]);
      server.heal();
      const { items, completeness } = await stage.api.members(tenantId, groupId, { refresh: true });
      assert.deepEqual([items.map(({ name }) => name), completeness.state], [['Ada', 'Bob'], 'complete']);
    });

    it('reads the directory once for all groups, also when it names not everyone or is denied', async () => {
      const groups = Array.from({ length: 12 }, (_, index) => identityGroup(`Group ${index}`, [ada, robot]));
      for (const rules of [[], [{ match: lines.directory, fault: status(403) }]]) {
        const tenant = uiPathWith(groups, { embeddedMembers: 'missing', directory: [ada, bob] });
        const { server, tenantId } = await stage.serve(tenant, rules);
        const completeness = await stage.api.loadAll(tenantId);
        assert.deepEqual([completeness.state, completeness.count], ['partial', 24]);
        assert.equal(server.count(lines.references), 12);
        assert.equal(server.count(lines.directory), 1);
      }
    });

    it('reads the directory no more when groups are opened one by one', async () => {
      const groups = Array.from({ length: 4 }, (_, index) => identityGroup(`Group ${index}`, [ada, robot]));
      const tenant = uiPathWith(groups, { embeddedMembers: 'missing', directory: [ada] });
      const { server, tenantId } = await stage.serve(tenant);
      for (const { id } of groups) await stage.api.members(tenantId, id);
      assert.equal(server.count(lines.directory), 1);
      await stage.api.members(tenantId, groups[0]?.id ?? '', { refresh: true });
      assert.equal(server.count(lines.directory), 2);
    });

    it('shows one row for Everyone, whatever comes along', async () => {
      const everyone = identityGroup('Everyone', [], { type: 0 });
      for (const embeddedMembers of ['populated', 'null', 'missing'] as const) {
        const { server, tenantId } = await stage.serve(uiPathWith([everyone], { embeddedMembers }));
        await stage.api.groups(tenantId);
        for (const refresh of [false, true]) {
          const { items, completeness } = await stage.api.members(tenantId, everyone.id, { refresh });
          assert.deepEqual(
            items.map(({ principalType }) => principalType),
            ['everyone'],
          );
          assert.equal(completeness.state, 'complete');
        }
        assert.equal(server.count(lines.references), 0);
      }
    });
  });
}
