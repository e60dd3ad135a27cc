import assert from 'node:assert/strict';
import { generateTenant } from '../../src/sandbox/generatedTenant.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import * as faults from '../support/faults.ts';
import { addTenant } from '../support/tenantDialog.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

const themes = [
  ['dark', 'Dark Modern'],
  ['light', 'Light Modern'],
  ['contrast', 'Default High Contrast'],
] as const;
const large = generateTenant({ provider: 'powerbi', groups: 120, membersPerGroup: 3, name: 'Large' });

/** Pictures of every step in every theme, to be looked at. */
describe('pictures', () => {
  let server: FaultServer;
  let workbench: Workbench;
  let tree: WorkbenchTree;
  let step = 0;

  before(async () => {
    server = await startFaultServer({ tenants: [large] });
    workbench = await openWorkbench({
      size: { width: 1280, height: 960 },
      settings: { 'tenantExplorer.pageSize': 50, 'workbench.reduceMotion': 'on' },
    });
    tree = await workbench.openView('Tenants');
  });
  after(async () => {
    await workbench?.close();
    await server?.close();
  });

  /** @param pose what has to be done again in each theme, because a change of theme ends it */
  const picture = async (name: string, pose: () => Promise<unknown> = async () => undefined) => {
    step += 1;
    for (const [short, theme] of themes) {
      await workbench.setTheme(theme);
      await pose();
      await workbench.screenshot(`${String(step).padStart(2, '0')}-${name}-${short}`);
    }
  };

  it('of the welcome', async () => {
    await tree.pane.getByRole('button', { name: 'Open Sample Tenants' }).waitFor();
    await picture('welcome');
  });

  it('of the tree', async () => {
    await tree.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
    await tree.expand('Northwind Automation');
    await tree.expand('Invoice Processing');
    await picture('uipath');
    await tree.expand('Everyone');
    await tree.expand('Payroll (restricted)');
    await tree.collapse('Northwind Automation');
    await tree.expand('Contoso');
    await tree.expand('Board Materials');
    await tree.expand('Company Town Hall');
    await tree.expand('Finance – Month End');
    await picture('members-and-failure');
  });

  it('of tooltips and a context menu', async () => {
    const { page } = workbench;
    for (const row of ['Mira Kovačević', 'No permission to read this']) {
      await picture(`tooltip-${row.split(' ')[0]?.toLowerCase()}`, () => tree.tooltip(row));
    }
    const row = await tree.row('Mira Kovačević');
    await row.locator('.label-name').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy as JSON' }).waitFor();
    await picture('menu');
    await page.keyboard.press('Escape');
  });

  it('of details, a filter and a question', async () => {
    const { page, prompts } = workbench;
    await tree.contextMenu('Mira Kovačević', 'Show Details');
    await page.getByRole('tab', { name: 'Mira Kovačević.json' }).waitFor();
    await tree.inlineAction('Contoso', 'Filter Groups');
    await prompts.type('sales');
    await picture('filter-question');
    await prompts.accept();
    await tree.read('Filter: “sales”');
    await picture('filter-and-details');
    await tree.click('Filter: “sales”');
    await tree.inlineAction('Finance – Month End', 'Filter Members');
    await prompts.waitForTitle('Filter Members');
    await picture('member-filter-question');
    await prompts.chooseAll(['Viewer', 'Users']);
    await tree.read('Filter: “Viewer, Users”');
    await tree.inlineAction('Finance – Month End', 'Pin Group');
    await tree.inlineAction('Workspace 10', 'Pin Group');
    await tree.waitForRows('two pinned groups', (rows) =>
      rows.some(({ label }, index) => {
        return label === 'Workspace 10' && rows[index + 1]?.label === 'Board Materials';
      }),
    );
    await picture('pinned-and-member-filter', async () => (await tree.row('Workspace 10')).hover());
    await tree.contextMenu('Fabrikam', 'Remove Tenant');
    await prompts.modalText();
    await picture('remove');
    await prompts.modal('Cancel');
    await tree.collapse('Contoso');
  });

  it('of adding a tenant', async () => {
    const { prompts } = workbench;
    const [connection] = server.connections;
    assert.ok(connection);
    await workbench.runCommand('Tenant Explorer: Add a Tenant');
    await prompts.waitForTitle('Add a Tenant (1/3)');
    await picture('add-service');
    await prompts.choose('Power BI');
    await picture('add-method');
    await prompts.choose('Access token');
    await prompts.enter('My tenant');
    await picture('add-cloud');
    await prompts.choose('Another address…');
    await prompts.type('http://powerbi.example.com');
    await picture('add-address');
    await prompts.enter('https://powerbi.example.com');
    await picture('add-scope');
    await prompts.accept();
    await prompts.type('a-secret');
    await picture('add-token');
    await prompts.dismiss();
    await addTenant(workbench, { ...connection, auth: { method: 'accessToken', accessToken: 'wrong-token' } });
    await prompts.modalText();
    await picture('add-failed');
    await prompts.modal('Go Back');
    await prompts.enter(large.accessToken);
  });

  it('of more rows, a slow load and a throttled one', async () => {
    await tree.expand('Large');
    await tree.toEnd();
    await tree.read('Load more');
    await picture('more');
    await tree.toStart();
    const held = faults.hold();
    server.add({ match: /users/, times: 1, fault: held.fault });
    await tree.open('Workspace 1');
    await tree.read('Loading…');
    server.add({ match: /users/, fault: faults.throttle(7200) });
    await tree.expand('Workspace 2');
    await tree.waitForRows('the throttled group', (rows) => rows.some(({ label }) => /asks to wait until/.test(label)));
    await picture('loading-and-throttled');
    held.release();
    await tree.inlineAction('Large', 'Filter Groups');
    await workbench.prompts.enter('nothing has this name');
    await tree.read('Filter: “nothing has this name”');
    await picture('filter-without-match');
  });
});
