import assert from 'node:assert/strict';
import { powerBITenant, type WorkspaceMember } from '../../src/sandbox/powerbi/tenant.ts';
import type { Fault } from '../support/fault.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import * as faults from '../support/faults.ts';
import { addTenant } from '../support/tenantDialog.ts';
import { soon, until } from '../support/until.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { TreeRow, WorkbenchTree } from '../support/workbenchTree.ts';

const ada: WorkspaceMember = {
  identifier: 'ada@example.com',
  emailAddress: 'ada@example.com',
  displayName: 'Ada',
  groupUserAccessRight: 'Admin',
  principalType: 'User',
};
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const workspace = (number: number, name: string, members: readonly WorkspaceMember[] = [ada]) =>
  ({ id: id(number), name, type: 'Workspace', state: 'Active', members }) as const;

const faulty = powerBITenant({
  name: 'Faulty',
  workspaces: ['Throttled', 'Down', 'A Web Page', 'Reset', 'Slow', 'Held'].map((name, index) => workspace(index, name)),
});

const icon = '$(trash) [x](command:workbench.action.quit) <b>bold</b>';
const hidden = 'Payroll\u202e\u0007\nnoisrev';
const hostile = powerBITenant({
  name: 'Hostile',
  workspaces: [
    workspace(20, icon, [
      { ...ada, displayName: '**Eve** <img src=x> https://evil.example $(check)', identifier: 'eve', emailAddress: '' },
    ]),
    workspace(21, hidden),
    workspace(30, 'Twin A'),
    workspace(30, 'Twin B'),
  ],
});

/** Each with what its row says, and in what state the group is. */
const faultsOfGroups: { group: string; fault: () => Fault; label: RegExp; state: RegExp }[] = [
  {
    group: 'Throttled',
    fault: () => faults.throttle(3600),
    label: /^The service asks to wait until .*\d:\d\d/,
    state: /^throttled until .*\d:\d\d/,
  },
  {
    group: 'Down',
    fault: () => faults.status(503),
    label: /^The service is not available at the moment$/,
    state: /^failed$/,
  },
  {
    group: 'A Web Page',
    fault: () => faults.html(),
    label: /^The service sent an unexpected answer$/,
    state: /^failed$/,
  },
  { group: 'Reset', fault: () => faults.reset(), label: /^The service cannot be reached$/, state: /^failed$/ },
];

describe('what goes wrong', () => {
  let server: FaultServer;
  let workbench: Workbench;
  let tree: WorkbenchTree;

  before(async () => {
    server = await startFaultServer({ tenants: [faulty, hostile] });
    workbench = await openWorkbench();
    tree = await workbench.openView('Tenants');
    for (const connection of server.connections) {
      await addTenant(workbench, connection);
      await tree.expand(connection.name);
    }
  });
  after(async () => {
    await workbench?.close();
    await server?.close();
  });
  afterEach(() => server.heal());

  const membersOf = (name: string) => {
    const { id } = faulty.workspaces.slice().find((one) => one.name === name) ?? {};
    assert.ok(id);
    return new RegExp(`/groups/${id}/users`);
  };
  const below = (rows: TreeRow[], name: string) => {
    const start = rows.findIndex(({ label }) => label === name);
    const after = rows.slice(start + 1);
    const end = after.findIndex(({ level }) => level < 3);
    return after.slice(0, end < 0 ? undefined : end);
  };
  const waitForBelow = (name: string, label: RegExp | string) =>
    tree.waitForRows(`${label} below ${name}`, (rows) =>
      below(rows, name).some((row) => (typeof label === 'string' ? row.label === label : label.test(row.label))),
    );

  for (const { group, fault, label, state } of faultsOfGroups) {
    it(`is told by a row, with a way to retry: ${group}`, async () => {
      server.add({ match: membersOf(group), fault: fault() });
      await tree.expand(group);
      const rows = await waitForBelow(group, label);
      const [message, ...others] = below(rows, group);
      assert.ok(message);
      assert.deepEqual(others, []);
      assert.notEqual(message.description, '');
      await tree.waitForRows('the state of the group', (all) =>
        all.some((row) => row.label === group && state.test(row.description)),
      );
      server.heal();
      await tree.inlineAction([group, message.label], 'Retry');
      await waitForBelow(group, 'Ada');
      assert.equal((await tree.children(group)).length, 1);
      await tree.collapse(group);
    });
  }

  it('shows that it loads, and can be cancelled', async () => {
    const held = faults.hold();
    server.add({ match: membersOf('Slow'), fault: held.fault });
    await tree.open('Slow');
    await held.reached;
    const rows = await waitForBelow('Slow', 'Loading…');
    assert.equal(below(rows, 'Slow').length, 1);
    await workbench.screenshot('loading');
    const request = await server.received(membersOf('Slow'));
    await tree.inlineAction(['Slow', 'Loading…'], 'Cancel');
    await request.abandoned;
    await waitForBelow('Slow', 'Loading was stopped');
    held.release();
    const stopped = tree.pane.locator('.label-name', { hasText: 'Loading was stopped' });
    // On a busy machine a click may fall into a rendering of the rows, and be lost: a person clicks again.
    await until(workbench.page, 'the load to begin again', async () => {
      await tree.inlineAction(['Slow', 'Loading was stopped'], 'Retry');
      return (await soon(stopped, 'hidden')) || undefined;
    });
    await waitForBelow('Slow', 'Ada');
    await tree.collapse('Slow');
  });

  it('keeps the rows that it has below a failure', async () => {
    await tree.expand('Held');
    server.add({ match: membersOf('Held'), fault: faults.html() });
    await tree.inlineAction('Held', 'Refresh');
    const rows = await waitForBelow('Held', 'The service sent an unexpected answer');
    assert.deepEqual(
      below(rows, 'Held').map(({ label }) => label),
      ['The service sent an unexpected answer', 'Ada'],
    );
    await tree.waitForRows('both state and number', (all) =>
      all.some(({ label, description }) => label === 'Held' && description === 'failed · 1 member'),
    );
    await workbench.screenshot('failure-above-rows');
    await tree.collapse('Faulty');
  });

  it('tells failures by rows alone', async () => {
    assert.deepEqual(await workbench.notifications.texts(), []);
  });

  it('shows names as they are, whatever is in them', async () => {
    const { page } = workbench;
    const visible = 'Payroll‹U+202E›‹U+0007› noisrev';
    const labels = (await tree.children('Hostile')).map(({ label }) => label);
    assert.deepEqual(labels.toSorted(), [icon, visible, 'Twin A', 'Twin B'].toSorted());
    const row = await tree.row(icon);
    assert.equal(await row.locator('.codicon-trash, b, a[href]').count(), 0);
    const [eve] = await tree.expand(icon);
    assert.equal(eve?.label, '**Eve** <img src=x> https://evil.example $(check)');
    const lines = await tree.tooltip([icon, eve.label]);
    assert.equal(lines[0], `Name: ${eve.label}`);
    assert.equal(await page.locator('.workbench-hover').locator('.codicon, a, b, img, strong').count(), 0);
    await workbench.screenshot('hostile-names');
    assert.equal(await workbench.copied(() => tree.contextMenu(icon, 'Copy Name')), icon);

    await tree.contextMenu(visible, 'Show Details');
    await page.getByRole('tab', { name: `${visible}.json` }).waitFor();
  });

  it('reaches the right one of two groups with the same id', async () => {
    const copied = (group: string, what: string) => workbench.copied(() => tree.contextMenu(group, what));
    assert.equal(await copied('Twin A', 'Copy Name'), 'Twin A');
    assert.equal(await copied('Twin B', 'Copy Name'), 'Twin B');
    assert.equal(await copied('Twin A', 'Copy ID'), id(30));
    assert.equal(await copied('Twin B', 'Copy ID'), id(30));
    const sent = server.requests.length;
    await tree.expand('Twin B');
    assert.equal((await tree.read('Twin A')).expanded, false);
    await tree.waitForRows('its members’ number', (rows) =>
      rows.some(({ label, description }) => label === 'Twin B' && description === '1 member'),
    );
    assert.equal((await tree.read('Twin A')).description, '');
    assert.equal(server.requests.length, sent + 1);
  });
});
