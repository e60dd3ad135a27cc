import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeFolder } from '../support/folders.ts';
import { until } from '../support/until.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

describe('access files', () => {
  const group = ['Contoso', 'Human Resources'] as const;
  const newcomer = 'nina.new@contoso.com';
  const folder = makeTemporaryFolder();
  const path = join(folder, 'contoso.access.json');
  let workbench: Workbench;
  let tree: WorkbenchTree;

  before(async () => {
    workbench = await openWorkbench({ folder, size: { width: 1500, height: 1000 } });
    tree = await workbench.openView('Tenants');
    await tree.pane.getByRole('button', { name: 'Open Sample Tenants' }).click();
    await tree.waitForRows('four tenants', ({ length }) => length === 4);
    await tree.contextMenu('Contoso', 'Allow Changes…');
    await workbench.prompts.modal('Allow Changes');
  });
  after(async () => {
    await workbench?.close();
    removeFolder(folder);
  });

  /** The lines in sight of the editors, from left to right. */
  const editorText = async () => {
    const lines = await workbench.page.locator('.editor-instance .view-line').allTextContents();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  };
  const waitForText = (wanted: RegExp) =>
    until(workbench.page, `${wanted} in an editor`, async () => wanted.test(await editorText()) || undefined);
  const open = async () => {
    await workbench.page.keyboard.press('F1');
    await workbench.prompts.type('contoso.access.json');
    await workbench.prompts.choose('contoso.access.json');
  };

  it('are written of a group, as a file that is not saved yet', async () => {
    await tree.expand('Contoso');
    await tree.contextMenu([...group], 'New Access File');
    await waitForText(/"tenant": "Contoso"/);
    const text = await editorText();
    assert.match(text, /"name": "Human Resources",\s+"exact": true/);
    await workbench.page.locator('.tab', { hasText: 'Contoso.access.json' }).waitFor();
    await workbench.screenshot('access-file-new');
    const copied = await workbench.copied(async () => {
      await workbench.page.locator('.editor-instance .view-line').first().click();
      await workbench.page.keyboard.press('Control+A');
      await workbench.page.keyboard.press('Control+C');
    });
    writeFileSync(path, copied);
    assert.equal(JSON.parse(copied).groups[0].members.length, 5);
    assert.ok(copied.endsWith('}\n') && !copied.includes('\r'));
  });

  it('show what is wrong in them, underlined and among the problems', async () => {
    const file = JSON.parse(readFileSync(path, 'utf8'));
    const [hr] = file.groups;
    hr.members = hr.members.filter(({ accessRight }: { accessRight: string }) => accessRight !== 'Admin');
    hr.members.unshift({ identifier: newcomer, principalType: 'user', accessRight: 'Owner' });
    writeFileSync(path, `${JSON.stringify({ ...file, endpoint: 'https://x' }, undefined, 2)}\n`);
    await open();
    await waitForText(/nina\.new/);
    await workbench.runCommand('Preview Access File');
    await workbench.page.locator('.squiggly-error').first().waitFor();
    await workbench.runCommand('Problems: Focus on Problems View');
    const problems = workbench.page.locator('.markers-panel');
    await problems.getByText('There is no such access right here, only: Admin, Member, Contributor, Viewer.').waitFor();
    await problems.getByText('“Human Resources” will have no administrator any more.').waitFor();
    await problems.getByText('There is no property “endpoint” here, only: tenant, exact, groups.').waitFor();
    // By the schema, as one types.
    await problems.getByText('Property endpoint is not allowed.').waitFor();
    await workbench.screenshot('access-file-problems');
  });

  it('show what they would change in the diff editor, with what deserves a second thought', async () => {
    const { endpoint: _, ...file } = JSON.parse(readFileSync(path, 'utf8').replace('"Owner"', '"Admin"'));
    writeFileSync(path, `${JSON.stringify(file, undefined, 2)}\n`);
    await open();
    await waitForText(/nina\.new[^}]*"Admin"/);
    await workbench.page.locator('.editor-actions .action-label[aria-label^="Preview Access File"]').first().click();
    await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
    await waitForText(/aoife\.osullivan/);
    await workbench.page.locator('.tab', { hasText: 'Contoso: access now ↔ after the file is applied' }).waitFor();
    await workbench.screenshot('access-file-diff');
  });

  it('change what was shown, after the question that every change asks', async () => {
    const { prompts } = workbench;
    await workbench.runCommand('Apply Access File…');
    const { message, detail } = await prompts.modalText();
    await workbench.screenshot('access-file-apply');
    assert.equal(message, 'Make these 2 changes?');
    assert.match(detail, new RegExp(`\\+ ${newcomer}, Admin: “Human Resources”, tenant “Contoso”`));
    assert.match(detail, /− Aoife/);
    await prompts.modal('Make 2 Changes');
    await tree.expand([...group]);
    await tree.waitForRows('the newcomer, and not who went', (rows) => {
      const all = rows.map(({ label, description }) => `${label} ${description}`).join('\n');
      return all.includes(newcomer) && !all.includes('Aoife');
    });
    await workbench.screenshot('access-file-applied');
  });
});
