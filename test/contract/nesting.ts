import assert from 'node:assert/strict';
import { type DirectoryGroupDescription, entraTenant } from '../../src/sandbox/entra/tenant.ts';
import { guidOf } from '../../src/sandbox/guid.ts';
import {
  directoryUser,
  nestedGroup,
  securityGroup,
  servicePrincipal,
} from '../../src/sandbox/samples/directoryAccess.ts';
import { directoryGroup } from '../../src/sandbox/samples/identityAccess.ts';
import { contosoPeople } from '../../src/sandbox/samples/people.ts';
import { type OpenApi, useStage } from './stage.ts';
import { identityGroup, powerBIWith, uiPathWith, user, workspace } from './tenants.ts';

const zoe = directoryUser(contosoPeople.zoe);
const granted = (name: string, groupUserAccessRight: 'Admin' | 'Viewer' | 'None') =>
  user(name, { identifier: guidOf(`securityGroup/${name}`), principalType: 'Group', groupUserAccessRight });

/** Rule 11: access through nested groups. */
export function describeNesting(open: OpenApi): void {
  describe('rule 11: nested groups', () => {
    const stage = useStage(open);

    beforeEach(async () => {
      assert.deepEqual(await stage.api.tenants(), [], 'another test left its tenants');
    });

    const directory = (...groups: DirectoryGroupDescription[]) => entraTenant({ name: 'Directory', groups });

    async function serveAll(...groups: DirectoryGroupDescription[]) {
      const workspaces = [
        workspace('Sales', [granted('Everybody', 'Viewer'), granted('Finance', 'Admin')]),
        workspace('Secret', [granted('Finance', 'None')]),
      ];
      const robots = identityGroup('Robots', [directoryGroup('Finance')]);
      for (const tenant of [powerBIWith(workspaces), uiPathWith([robots]), directory(...groups)]) {
        await stage.api.loadAll((await stage.serve(tenant)).tenantId);
      }
    }

    async function found(query: string): Promise<string[]> {
      const { items } = await stage.api.findAccess(query);
      const textOf = ({ accessRight = '-' }: { accessRight?: string }, path: readonly string[]) =>
        `${accessRight} [${path.join(', ')}]`;
      return items.map(({ groupName, member, path }) => `${groupName}: ${textOf(member, path)}`).sort();
    }

    it('name the groups passed, from the principal to the group', async () => {
      await serveAll(
        securityGroup('Everybody', [nestedGroup('Finance')]),
        securityGroup('Finance', [zoe, servicePrincipal('Bot')]),
      );
      const ways = [
        'Everybody: - [Finance]',
        'Finance: - []',
        'Robots: - [Finance]',
        'Sales: Admin [Finance]',
        'Sales: Viewer [Finance, Everybody]',
      ];
      assert.deepEqual(await found('zoe'), ways);
      assert.deepEqual(await found('bot'), ways);
      assert.deepEqual(await found(zoe.id), ways);
    });

    it('tell who is meant', async () => {
      await serveAll(securityGroup('Finance', [zoe]));
      const { items } = await stage.api.findAccess('zoe');
      const sales = items.find(({ groupName }) => groupName === 'Sales');
      assert.deepEqual([sales?.member.name, sales?.member.principalType], [contosoPeople.zoe.displayName, 'user']);
      assert.equal(sales?.member.email, contosoPeople.zoe.email);
    });

    it('may be in each other', async () => {
      await serveAll(
        securityGroup('Everybody', [nestedGroup('Finance')]),
        securityGroup('Finance', [zoe, nestedGroup('Everybody')]),
      );
      assert.equal((await found('zoe')).length, 5);
    });

    it('lead from a group that is looked for itself', async () => {
      await serveAll(securityGroup('Everybody', [nestedGroup('Finance')]), securityGroup('Finance', [zoe]));
      assert.deepEqual(await found('finance'), [
        'Everybody: - []',
        'Robots: - []',
        'Sales: Admin []',
        'Sales: Viewer [Everybody]',
      ]);
    });

    it('are told of where no tenant knows them, and change nothing about what is complete', async () => {
      await serveAll(securityGroup('Finance', [zoe]));
      const { completeness } = await stage.api.findAccess('zoe');
      assert.equal(completeness.state, 'complete');
      assert.match(completeness.reason ?? '', /1 group is a member somewhere/);
      await stage.api.loadAll((await stage.serve(directory(securityGroup('Everybody', [])))).tenantId);
      assert.equal((await stage.api.findAccess('zoe')).completeness.reason, undefined);
    });
  });
}
