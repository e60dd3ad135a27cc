import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

/** What VS Code gives a screen reader for the rows of the three views, and what the palette offers before there are any. */
describe('what is said and offered', () => {
  let workbench: Workbench;
  let tree: WorkbenchTree;

  before(async () => {
    workbench = await openWorkbench({ size: { width: 1280, height: 1500 } });
  });
  after(() => workbench?.close());

  /** The titles with this text that the palette finds and has room for, without the category. */
  async function palette(text = ''): Promise<readonly string[]> {
    const { page, prompts } = workbench;
    await page.keyboard.press('F1');
    await prompts.type(`>Tenant Explorer: ${text}`);
    // Where nothing is found, it says so in a row.
    await prompts.widget.locator('.quick-input-list .monaco-list-row').first().waitFor();
    const labels = (await prompts.items()).map(({ label }) => label);
    await prompts.dismiss();
    return labels
      .flatMap((label) => /^Tenant Explorer: (.+)$/.exec(label)?.[1] ?? [])
      .filter((one) => one.includes(text));
  }

  it('without a tenant is only what works without one', async () => {
    tree = await workbench.openView('Tenants');
    await tree.pane.getByRole('button', { name: 'Open Sample Tenants' }).waitFor();
    assert.deepEqual((await palette()).toSorted(), [
      'Add a Tenant',
      'Apply Access File…',
      'Focus on Findings View',
      'Focus on Tenants View',
      'Open Sample Tenants',
      'Preview Access File',
      'Show Change Log',
      'Show Log',
    ]);
  });

  it('with tenants is what they can do, and changes once these are allowed', async () => {
    await tree.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
    await tree.waitForRows('four tenants', ({ length }) => length === 4);
    assert.deepEqual(await palette('Find…'), ['Find…']);
    assert.deepEqual(await palette('Add Member…'), []);
    await tree.contextMenu('Contoso', 'Allow Changes…');
    await workbench.prompts.modal('Allow Changes');
    await tree.waitForRows('it on the row', (rows) =>
      rows.some(({ description }) => description.startsWith('changes allowed')),
    );
    assert.deepEqual(await palette('Add Member…'), ['Add Member…']);
    assert.ok(!(await tree.contextMenuItems('Contoso')).includes('Sign In…'));
  });

  it('of the rows of Tenants is name, kind, and what is known', async () => {
    await tree.expand('Contoso');
    await tree.expand('Finance – Month End');
    await tree.expand('Board Materials');
    await tree.waitForRows('the number of members, and the failure', (rows) =>
      ['10 members', 'Ask an administrator'].every((part) => rows.some(({ aria }) => aria.includes(part))),
    );
    const said = (await tree.rows()).map(({ aria }) => aria).join('\n');
    assert.match(said, /^Contoso, Power BI, changes allowed · 25 groups/m);
    assert.match(said, /^Finance – Month End, workspace, 10 members$/m);
    assert.match(said, /^Mira Kovačević, user, Viewer · Guest · mira/m);
    assert.match(said, /^BI Analysts, group, /m);
    assert.match(said, /^No permission to read this\. Ask an administrator/m);
  });

  it('of the rows of Access is who, what and by which way', async () => {
    await tree.contextMenu(['Finance – Month End', 'Zoë Álvarez'], 'Show Access');
    const access = workbench.view('Access');
    await access.waitForRows('what she reaches', (rows) =>
      ['Finance – Month End', 'Not all access is shown here'].every((name) => rows.some(({ label }) => label === name)),
    );
    const said = (await access.rows()).map(({ aria }) => aria).join('\n');
    assert.match(said, /^Zoë Álvarez, user, /m);
    assert.match(said, /^Contoso, Power BI, \d+ groups?/m);
    assert.match(said, /^Finance – Month End, workspace, Admin/m);
    assert.match(said, /^Not all access is shown here, items shared one by one/m);
  });

  it('of several rows of Access is copied at once', async () => {
    const access = workbench.view('Access');
    await access.click('Zoë Álvarez');
    await access.click(['Contoso', 'Finance – Month End']);
    await access.click('Contoso', ['ControlOrMeta']);
    const copied = await workbench.copied(() => access.contextMenu('Contoso', 'Copy Name'));
    assert.deepEqual(copied.split('\n').toSorted(), ['Contoso', 'Finance – Month End']);
  });

  it('of the rows of Findings is what was found, how grave it is, and where', async () => {
    await tree.toStart();
    await tree.collapse('Contoso');
    await tree.contextMenu('Fabrikam', 'Load the Whole Tenant');
    await workbench.notifications.waitFor(/read whole/);
    const findings = await workbench.openView('Findings');
    // So that there is room for the findings.
    for (const view of [tree, workbench.view('Access')]) {
      await view.pane.locator('.pane-header').click({ position: { x: 20, y: 8 } });
      await view.pane.locator('.pane-header[aria-expanded="false"]').waitFor();
    }
    await findings.waitForRows('findings', (rows) => rows.some(({ label }) => label === 'No administrator'));
    await findings.expand('No administrator');
    const said = (await findings.rows()).map(({ aria }) => aria).join('\n');
    assert.match(said, /^No administrator, \d+ · High$/m);
    assert.match(said, /^.+, workspace, Fabrikam$/m);
    assert.match(said, /^Nothing found, \d+ checks$/m);
  });
});
