import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contoso } from '../../src/sandbox/samples/contoso.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import { html, status } from '../support/faults.ts';
import { makeTemporaryFolder, removeFolder } from '../support/folders.ts';
import { pseudo } from '../support/pseudo.ts';
import { openPseudoWorkbench, type PseudoWorkbench } from '../support/pseudoWorkbench.ts';
import { addTenant } from '../support/tenantDialog.ts';
import type { Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

const tenant = contoso();
const unreadable = tenant.workspaces.slice().filter(({ name }) => /^Sales/.test(name));
const group = 'Human Resources';
const newcomer = 'nina.new@contoso.com';
const saying = 'Said by the service';
const snapshot = 'Before';
/** What stands in access files. */
const inFile = ['endpoint', 'tenant, exact, groups', 'Owner', 'No Such Group'];
const reason = { error: { code: 'Refused', message: saying } };

/** Of what fails, of what changes something, and of what tells it afterwards. */
describe('the words of changes and failures', () => {
  let server: FaultServer;
  let words: PseudoWorkbench;
  let workbench: Workbench;
  let tree: WorkbenchTree;
  const folder = makeTemporaryFolder();
  const path = join(folder, 'contoso.access.json');

  before(async () => {
    server = await startFaultServer({ tenants: [tenant] });
    const size = { width: 1500, height: 1400 };
    words = await openPseudoWorkbench({ folder, size }, [newcomer, saying, snapshot, 'Refused', ...inFile]);
    workbench = words.workbench;
    tree = await workbench.openView(pseudo('Tenants'));
    for (const connection of server.connections) await addTenant(workbench, connection, pseudo);
    await tree.read('Contoso');
  });
  after(async () => {
    await workbench?.close();
    await server?.close();
    removeFolder(folder);
  });
  afterEach(() => server.heal());

  async function addMember(): Promise<void> {
    const { prompts } = workbench;
    await tree.contextMenu(['Contoso', group], pseudo('Add Member…'));
    await words.isAskedTranslated('Add Member');
    await prompts.type(newcomer);
    await prompts.choose(newcomer);
    await words.isAskedTranslated('Add Member');
    await prompts.choose('Viewer');
  }
  async function copyEditor(): Promise<void> {
    await workbench.page.locator('.editor-instance .view-line').first().click();
    await workbench.page.keyboard.press('ControlOrMeta+A');
    await workbench.page.keyboard.press('ControlOrMeta+C');
  }
  const writeFile = (file: object) => writeFileSync(path, `${JSON.stringify(file, undefined, 2)}\n`);
  async function openFile(): Promise<void> {
    await workbench.page.keyboard.press('F1');
    await workbench.prompts.type('contoso.access.json');
    await workbench.prompts.choose('contoso.access.json');
    await workbench.page.locator('.editor-instance .view-line', { hasText: '"tenant"' }).first().waitFor();
  }

  it('of what could not be read are translated', async () => {
    await tree.expand('Contoso');
    const faults = [html(), status(404), status(403, { body: reason })];
    for (const [index, { id }] of unreadable.entries())
      server.add({ match: new RegExp(`/groups/${id}/users`), fault: faults[index] ?? assert.fail() });
    await tree.contextMenu('Contoso', pseudo('Load the Whole Tenant'));
    await words.isToldTranslated('Not everything could be read.');
    for (const { name } of unreadable) await tree.expand(['Contoso', name]);
    await words.isViewTranslated(tree);
    await workbench.screenshot('words-failures');
    for (const { name } of unreadable) await tree.collapse(['Contoso', name]);
  });

  it('of the questions before changes are translated', async () => {
    const { prompts } = workbench;
    await tree.contextMenu('Contoso', pseudo('Take Snapshot…'));
    await prompts.enter(snapshot);
    await words.isToldTranslated('The snapshot holds ');
    await tree.contextMenu('Contoso', pseudo('Allow Changes…'));
    await words.isModalTranslated();
    await prompts.modal(pseudo('Allow Changes'));
    await addMember();
    await words.isModalTranslated();
    await prompts.modal(pseudo('Add'));
    await words.isToldTranslated('The change was made.');
  });

  it('of a change that failed, and of the change log, are translated', async () => {
    const { prompts } = workbench;
    server.add({ match: /^DELETE /, fault: status(403, { body: reason }) });
    await workbench.runCommand(pseudo('Undo Last Change…'));
    await words.isModalTranslated();
    await prompts.modal(pseudo('Remove'));
    await prompts.dialog.getByText(pseudo('The change was not made.')).waitFor();
    await words.isModalTranslated();
    await workbench.screenshot('words-change-failed');
    await prompts.modal(pseudo('Show Change Log'));
    await words.isDocumentTranslated('Change Log');
  });

  it('of what changed between two snapshots are translated', async () => {
    const { prompts } = workbench;
    for (const way of ['As a list', 'In the view “Access”']) {
      await tree.contextMenu('Contoso', pseudo('Compare Snapshots…'));
      for (const answer of [new RegExp(snapshot), pseudo('Now')]) {
        await words.isAskedTranslated('Compare Snapshots');
        await prompts.choose(answer);
      }
      await prompts.widget.getByText(pseudo(way)).waitFor();
      await words.isAskedTranslated('Compare Snapshots');
      await prompts.choose(pseudo(way));
      if (way === 'As a list') await words.isDocumentTranslated('Gained access');
    }
    const access = workbench.view(pseudo('Access'));
    await access.waitForRows('who gained access', (rows) =>
      rows.some(({ label }) => label === pseudo('Gained access')),
    );
    await words.isViewTranslated(access);
    await workbench.screenshot('words-snapshots');
    await access.fold();
  });

  it('of the problems of an access file are translated', async () => {
    await tree.contextMenu(['Contoso', group], pseudo('New Access File'));
    await workbench.page.locator('.editor-instance .view-line', { hasText: '"tenant"' }).first().waitFor();
    const written = await workbench.copied(copyEditor);
    // It is not saved.
    await workbench.runCommand('View: Revert and Close Editor');
    const file = JSON.parse(written);
    const member = { ...file.groups[0].members[0], accessRight: 'Owner' };
    const unknown = { name: 'No Such Group', members: [] };
    writeFile({ ...file, endpoint: '', groups: [{ ...file.groups[0], members: [member, member] }, unknown] });
    await openFile();
    await workbench.runCommand(pseudo('Preview Access File'));
    await workbench.runCommand('Problems: Focus on Problems View');
    const ours = workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'Tenant Explorer' });
    await ours.nth(2).waitFor();
    await words.isTranslated(ours.locator('.monaco-highlighted-label'));
    await workbench.screenshot('words-problems');
    await workbench.runCommand(pseudo('Apply Access File…'));
    await words.isToldTranslated('Nothing can be applied: ');
    const people = Array.from({ length: 14 }, (_, index) => `${index}.${newcomer}`);
    const more = people.map((identifier) => ({ identifier, principalType: 'user', accessRight: 'Viewer' }));
    writeFile({ ...file, groups: [{ ...file.groups[0], members: [...file.groups[0].members, ...more] }] });
  });

  it('of what an access file would change are translated', async () => {
    const { prompts } = workbench;
    await openFile();
    await workbench.runCommand(pseudo('Preview Access File'));
    await workbench.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
    const tabs = workbench.page.locator('.editor .tab .label-name', { hasText: 'Contoso' });
    await words.isTranslated(tabs.filter({ hasText: '↔' }));
    await workbench.runCommand('View: Close All Editors');
    await openFile();
    await workbench.runCommand(pseudo('Apply Access File…'));
    await words.isModalTranslated();
    await workbench.screenshot('words-changes');
    await prompts.modal(pseudo('Show All'));
    await words.isModalTranslated();
    await prompts.modal('Cancel');
    await words.isDocumentTranslated('Tenant ');
  });
});
