import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

describe('findings', () => {
  let workbench: Workbench;
  let tree: WorkbenchTree;
  let findings: WorkbenchTree;

  before(async () => {
    workbench = await openWorkbench({ size: { width: 1280, height: 1500 } });
    tree = await workbench.openView('Tenants');
    await tree.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
    await tree.waitForRows('four tenants', ({ length }) => length === 4);
  });
  after(() => workbench?.close());

  it('are counted by severity, with what is not known yet', async () => {
    await tree.expand('Fabrikam');
    await tree.fold();
    findings = await workbench.openView('Findings');
    const rows = await findings.waitForRows('sections', (all) => all.some(({ label }) => label === 'No administrator'));
    const shown = rows.map(({ label, description }) => `${label}: ${description}`);
    await workbench.screenshot('findings-first');
    assert.ok(shown.includes('No administrator: 2 · High'), shown.join('\n'));
    assert.ok(shown.includes('Access for everyone: 1 · High'));
    assert.ok(shown.includes('Empty groups: 1 · Low'));
    assert.match(await findings.pane.innerText(), /Contoso \(nothing loaded yet\), .* and 1 more\./);
  });

  it('show their row in the tree by a click', async () => {
    await findings.expand('No administrator');
    await findings.click('Project Without an Owner');
    const rows = await tree.waitForRows('the group selected', (all) => all.some(({ selected }) => selected));
    assert.equal(rows.find(({ selected }) => selected)?.label, 'Project Without an Owner');
    await workbench.screenshot('findings');
    await tree.fold();
  });

  it('say why and what to do in a tooltip', async () => {
    const lines = await findings.tooltip('No administrator');
    assert.equal(lines[0], 'Finding: No administrator');
    assert.ok(lines.some((line) => line.startsWith('What to do: ')));
    assert.ok(lines.includes('Severity: High'));
    assert.ok(
      lines.some((line) => /^Fabrikam: \d+ of \d+ groups looked at$/.test(line)),
      lines.join('\n'),
    );
  });

  it('are ignored with a reason, and put back', async () => {
    await findings.contextMenu('Project Without an Owner', 'Ignore…');
    await workbench.prompts.waitForTitle('Ignore Finding');
    await workbench.prompts.enter('Ends in May');
    await findings.waitForRows('one less', (all) =>
      all.some(({ label, description }) => label === 'No administrator' && description === '1 · High'),
    );
    const [ignored] = await findings.expand('Ignored');
    assert.equal(ignored?.label, 'Project Without an Owner');
    assert.match(ignored?.description ?? '', /^No administrator · Ends in May · /);
    await workbench.screenshot('findings-ignored');
    await findings.contextMenu(['Ignored', 'Project Without an Owner'], 'Stop Ignoring');
    await findings.waitForRows('both again', (all) =>
      all.some(({ label, description }) => label === 'No administrator' && description === '2 · High'),
    );
  });
});
