import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { frameWith, seriousViolations } from '../support/accessibility.ts';
import { makeTemporaryFolder, removeFolder } from '../support/folders.ts';
import { parseStrictCsv } from '../support/strictCsv.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

describe('the report', () => {
  let workbench: Workbench;
  let tree: WorkbenchTree;
  let report: FrameLocator;
  const folder = makeTemporaryFolder();

  before(async () => {
    workbench = await openWorkbench({
      size: { width: 1500, height: 1000 },
      // Where the save dialog starts.
      env: { HOME: folder },
    });
    tree = await workbench.openView('Tenants');
    await tree.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
    await tree.waitForRows('four tenants', ({ length }) => length === 4);
  });
  after(async () => {
    await workbench?.close();
    removeFolder(folder);
  });

  it('says what is not known before anything is loaded', async () => {
    await tree.contextMenu('Fabrikam', 'Open Report…');
    report = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await report.getByRole('heading', { name: 'Access report: Fabrikam' }).waitFor();
    assert.match(await report.locator('.coverage').innerText(), /Not complete/);
    await report.getByText('load the whole tenant first').waitFor();
  });

  it('shows all when what was missing was loaded from it', async () => {
    await report.getByRole('button', { name: 'Load What Is Missing' }).click();
    await report.getByRole('application').waitFor();
    const text = await report.locator('.cards').innerText();
    assert.match(text, /Groups\s+\d+/);
    await workbench.screenshot('report-workbench');
  });

  it('shows in the tree the cell that is clicked', async () => {
    const matrix = report.getByRole('application');
    await report.getByRole('searchbox', { name: 'Filter people' }).fill('@');
    const status = report.locator('.status');
    // Along the first row, until a cell is somebody's own.
    for (let x = 228; !/, direct$/.test((await status.textContent()) ?? ''); x += 16)
      await matrix.click({ position: { x, y: 158 } });
    const [, person, group] = /^(.*?) \(.*\) · (.*): /.exec((await status.textContent()) ?? '') ?? [];
    await tree.waitForRows('the person in the group', (rows) => {
      const index = rows.findIndex(({ selected }) => selected);
      const above = rows.slice(0, index).findLast(({ level }) => level === 2);
      return rows[index]?.label === person && above?.label === group;
    });
    await workbench.screenshot('report-revealed');
  });

  it('keeps what was chosen while another editor hides it', async () => {
    await tree.contextMenu('Northwind Automation', 'Show Details');
    await workbench.page.getByRole('tab', { name: 'Northwind Automation.json' }).waitFor();
    await workbench.page.getByRole('tab', { name: 'Access report: Fabrikam' }).click();
    const filter = report.getByRole('searchbox', { name: 'Filter people' });
    await filter.waitFor();
    assert.equal(await filter.inputValue(), '@');
  });

  it('saves a table as CSV', async () => {
    await report.getByRole('button', { name: 'Save as CSV… Grants by right' }).click();
    await workbench.prompts.waitForTitle('Save Table');
    await workbench.prompts.accept();
    await workbench.notifications.waitFor(/The table was saved/);
    const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.csv'));
    const text = readFileSync(join(folder, name), 'utf8');
    const [head, titles] = parseStrictCsv(text.slice(1));
    assert.match(head?.[0] ?? '', /^# .*Fabrikam/);
    assert.equal(titles?.[0], 'Right');
  });

  it('is there again when the window was reloaded, read anew', async () => {
    await workbench.reload();
    await workbench.page.getByRole('tab', { name: 'Access report: Fabrikam' }).waitFor();
    await report.getByRole('heading', { name: 'Access report: Fabrikam' }).waitFor();
    await report.getByRole('application').waitFor();
    // As much of a report as before.
    await report.getByRole('button', { name: 'Refresh' }).click();
    await report.getByRole('application').waitFor();
    await workbench.screenshot('report-restored');
  });

  it('looks through groups in groups, for tenants that are selected together', async () => {
    await workbench.runCommand('View: Close All Editors');
    await tree.toStart();
    await tree.collapse('Fabrikam');
    await tree.click('Contoso');
    await tree.click('Contoso Directory', ['ControlOrMeta']);
    await tree.contextMenu('Contoso Directory', 'Open Report…');
    await report.getByRole('heading', { name: 'Access report: Contoso, Contoso Directory' }).waitFor();
    await report.getByRole('button', { name: 'Load What Is Missing' }).click();
    await report.getByRole('application').waitFor();
    await report.getByLabel('Also through groups').waitFor();
    // A group of which the members are not told stays a gap.
    await report.getByText('Hatched: not all members are known.').waitFor();
    for (const [name, theme] of [
      ['dark', 'Dark Modern'],
      ['light', 'Light Modern'],
      ['contrast', 'Default High Contrast'],
    ] as const) {
      await workbench.setTheme(theme);
      await report.locator('figure svg').first().waitFor();
      await workbench.screenshot(`report-workbench-${name}`);
      assert.deepEqual(await seriousViolations(await frameWith(workbench.page, 'report')), [], name);
    }
  });
});
