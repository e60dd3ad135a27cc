import assert from 'node:assert/strict';
import type { WorkspaceChoice } from '../../src/api.ts';
import { guidOf } from '../../src/sandbox/guid.ts';
import { lines } from './lines.ts';
import { type OpenApi, rejectsWith, useStage } from './stage.ts';
import { powerBIWith, user, workspace } from './tenants.ts';

const one = guidOf('capacity/1');
const two = guidOf('capacity/2');
const owner = user('Olga', { groupUserAccessRight: 'Admin' });

const workspaces = [
  workspace('plain', [owner, user('Ada')]),
  workspace('on one', [owner], { capacityId: one }),
  workspace('on two', [owner], { capacityId: two.toUpperCase() }),
  workspace('old', [], { type: 'Group' }),
  workspace('personal', [owner], { type: 'PersonalGroup', capacityId: one }),
  workspace('my own', [user('Ada')], { type: 'Personal' }),
  workspace('deleted', [], { state: 'Deleted' }),
  workspace('orphan', [user('Ada')], { capacityId: two }),
  workspace('empty', []),
];
const all = workspaces.map(({ name }) => name);
const without = (...names: string[]) => all.filter((name) => !names.includes(name));

const cases: readonly (readonly [choice: WorkspaceChoice, expected: readonly string[]])[] = [
  [{}, all],
  [{ leaveOut: ['personal'] }, without('personal', 'my own')],
  [{ leaveOut: ['deleted'] }, without('deleted')],
  [{ leaveOut: ['orphaned'] }, without('orphan', 'empty')],
  [{ leaveOut: ['orphaned', 'personal', 'deleted'] }, without('personal', 'my own', 'deleted', 'orphan', 'empty')],
  [{ capacityIds: [one] }, ['on one', 'personal']],
  [{ capacityIds: [one.toUpperCase(), two] }, ['on one', 'on two', 'personal', 'orphan']],
  [{ leaveOut: ['personal', 'orphaned'], capacityIds: [two, one] }, ['on one', 'on two']],
  [{ capacityIds: [guidOf('capacity/3')] }, []],
];

/** Which workspaces of a whole tenant are read is the connection's to say. */
export function describeChoosing(open: OpenApi): void {
  describe('the workspaces of a whole tenant', () => {
    const stage = useStage(open);

    for (const [choice, expected] of cases) {
      it(`that are read with ${JSON.stringify(choice)}`, async () => {
        const { server, tenantId } = await stage.serve(powerBIWith(workspaces, 'admin'), [], { workspaces: choice });
        const completeness = await stage.api.loadAll(tenantId);
        assert.equal(completeness.state, 'complete');
        const { items } = await stage.api.groups(tenantId);
        assert.deepEqual(
          items.map(({ name }) => name),
          expected,
        );
        assert.equal(server.count(lines.anything), 1);
      });
    }

    it('are no matter of the workspaces that the account itself sees', async () => {
      const choice = { scope: 'member', workspaces: { leaveOut: ['orphaned'] } } as const;
      const { tenantId } = await stage.serve(powerBIWith(workspaces, 'admin'), [], choice);
      const { items } = await stage.api.groups(tenantId);
      assert.ok(items.some(({ name }) => name === 'orphan'));
    });

    it('must be chosen by what there is to choose', async () => {
      const server = await stage.start(powerBIWith(workspaces, 'admin'));
      const [connection] = server.connections;
      for (const choice of [
        'personal',
        { leaveOut: 'personal' },
        { leaveOut: ['personal', 'ugly'] },
        { capacityIds: one },
        { capacityIds: ["x' or true or name eq '"] },
        { capacityIds: [7] },
      ]) {
        const refused = { ...connection, workspaces: choice } as never;
        await rejectsWith('invalid', stage.api.addTenant(refused));
      }
    });
  });
}
