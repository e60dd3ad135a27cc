import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import type { FrameLocator } from 'playwright-core';
import { makeTemporaryFolder, removeFolder } from '../support/folders.ts';
import { pseudo, untranslatedPart } from '../support/pseudo.ts';
import { knownData, openPseudoWorkbench, type PseudoWorkbench } from '../support/pseudoWorkbench.ts';
import type { Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

const reason = 'Ends in May';

/** Of what one looks at; see wordsOfChanges.test.ts for what changes something, and wordsOfSignIn.test.ts. */
describe('the words', () => {
  let words: PseudoWorkbench;
  let workbench: Workbench;
  let tree: WorkbenchTree;
  let report: FrameLocator;
  const folder = makeTemporaryFolder();

  before(async () => {
    const size = { width: 1280, height: 1600 };
    // Where the save dialog starts.
    words = await openPseudoWorkbench({ size, env: { HOME: folder } }, [reason, userInfo().username]);
    workbench = words.workbench;
    tree = await workbench.openView(pseudo('Tenants'));
  });
  after(async () => {
    await workbench?.close();
    removeFolder(folder);
  });

  it('of the welcome are translated', async () => {
    const button = tree.pane.getByRole('button', { name: pseudo('Open Sample Tenants') });
    await button.waitFor();
    await words.isViewTranslated(tree);
  });

  it('of the sample tenants are there', async () => {
    await tree.pane.getByRole('button', { name: pseudo('Open Sample Tenants') }).click();
    await tree.waitForRows('four tenants', ({ length }) => length === 4);
  });

  it('of rows, and of what is said when all was read, are translated', async () => {
    await tree.contextMenu('Fabrikam', pseudo('Load the Whole Tenant'));
    await words.isToldTranslated('The tenant was read whole: ');
    for (const tenant of ['Northwind Automation', 'Contoso Directory']) {
      await tree.expand(tenant);
      await words.isViewTranslated(tree);
      await tree.collapse(tenant);
    }
    await tree.expand('Contoso');
    for (const group of ['Board Materials', 'Finance – Month End']) await tree.expand(['Contoso', group]);
    await words.isViewTranslated(tree);
    await workbench.screenshot('words-rows');
  });

  it('of tooltips are translated', async () => {
    for (const row of ['Contoso', 'Finance – Month End', 'Mira Kovačević']) {
      const lines = await tree.tooltip(row);
      // Below them are the fields as the service names them.
      const ours = lines.filter((line) => !/^[a-z][\w.]*: /.test(line)).join('\n');
      assert.deepEqual(untranslatedPart(ours, knownData), '', row);
    }
  });

  it('of menus are translated', async () => {
    for (const row of ['Contoso', 'Finance – Month End', 'Mira Kovačević'])
      assert.deepEqual(untranslatedPart((await tree.contextMenuItems(row)).join('\n'), knownData), '', row);
  });

  it('of questions are translated', async () => {
    await workbench.runCommand(pseudo('Add a Tenant'));
    for (const answer of ['Power BI', pseudo('Access token')]) {
      await words.isAskedTranslated('Add a Tenant');
      await workbench.prompts.choose(answer);
    }
    await words.isAskedTranslated('Add a Tenant');
    await workbench.prompts.dismiss();
    for (const [command, title] of [
      ['Export Access…', 'Export Access'],
      ['Filter Groups', 'Filter Groups'],
      ['Allow Changes…', 'Allow Changes'],
      ['Show Access of…', 'Show Access'],
      ['Open Report…', 'Open Report'],
    ] as const) {
      await workbench.runCommand(pseudo(command));
      await words.isAskedTranslated(title);
      await workbench.prompts.dismiss();
    }
  });

  it('of what is found are translated', async () => {
    const { prompts } = workbench;
    await workbench.runCommand(pseudo('Find…'));
    await words.isAskedTranslated('Find');
    await prompts.type('kovacevic');
    await prompts.widget.locator('.monaco-list-row', { hasText: 'Mira Kovačević' }).first().waitFor();
    await words.isAskedTranslated('Find');
    await prompts.type('nobody of this name');
    await prompts.widget.locator('.monaco-list-row', { hasText: 'Mira' }).first().waitFor({ state: 'hidden' });
    await words.isAskedTranslated('Find');
    await prompts.dismiss();
  });

  it('of notifications are translated', async () => {
    for (const [command, told] of [
      ['Show Change Log', 'Nothing was changed from here yet.'],
      ['Compare Snapshots…', 'There is no snapshot yet. Take one first.'],
      ['Delete Snapshots…', 'There are no snapshots.'],
    ] as const) {
      await workbench.runCommand(pseudo(command));
      await words.isToldTranslated(told);
    }
  });

  it('of dialogs are translated', async () => {
    for (const command of ['Remove Tenant', 'Delete Loaded Data…']) {
      await tree.contextMenu('Northwind Automation', pseudo(command));
      await words.isModalTranslated();
      await workbench.prompts.modal('Cancel');
    }
  });

  it('of the view Findings, and of ignoring one, are translated', async () => {
    await tree.toStart();
    await tree.fold();
    const findings = await workbench.openView(pseudo('Findings'));
    const title = pseudo('No administrator');
    await findings.waitForRows('findings', (rows) => rows.some(({ label }) => label === title));
    await words.isViewTranslated(findings);
    await findings.expand(title);
    await findings.contextMenu('Project Without an Owner', pseudo('Ignore…'));
    await words.isAskedTranslated('Ignore Finding');
    await workbench.prompts.enter(reason);
    await findings.expand(pseudo('Ignored'));
    await words.isViewTranslated(findings);
    await workbench.screenshot('words-findings');
    await findings.fold();
    await workbench.openView(pseudo('Tenants'));
  });

  it('of the view Access, alone and compared, are translated', async () => {
    const { prompts } = workbench;
    await tree.contextMenu('Mira Kovačević', pseudo('Show Access'));
    const access = workbench.view(pseudo('Access'));
    await access.waitForRows('what she reaches', ({ length }) => length > 3);
    await words.isViewTranslated(access);
    await workbench.screenshot('words-access');
    await access.titleAction(pseudo('Compare Access With…'));
    await prompts.type('zoe');
    await prompts.widget.locator('.monaco-list-row', { hasText: 'Zoë' }).first().waitFor();
    await words.isAskedTranslated('Compare With…');
    await prompts.choose(/Zoë/);
    await access.waitForRows('the comparison', (rows) => rows.some(({ label }) => label.startsWith('Zoë')));
    await words.isViewTranslated(access);
    await workbench.screenshot('words-compared');
  });

  it('of an export are translated', async () => {
    await workbench.runCommand(pseudo('Export Shown Access…'));
    await words.isAskedTranslated('Export Access');
    await workbench.prompts.choose('NDJSON');
    await workbench.prompts.accept();
    await words.isToldTranslated(' grants were exported.');
  });

  it('of a report are translated, also where much is not known', async () => {
    await tree.contextMenu('Contoso', pseudo('Open Report…'));
    report = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await report.getByRole('button', { name: pseudo('Load What Is Missing') }).waitFor();
    await words.isTranslated(report.locator('body'));
    await workbench.runCommand('View: Close All Editors');
  });

  it('of all parts of a report are translated', async () => {
    await tree.toStart();
    await tree.collapse('Contoso');
    await tree.contextMenu('Fabrikam', pseudo('Take Snapshot…'));
    await words.isAskedTranslated('Take a Snapshot');
    await workbench.prompts.accept();
    await words.isToldTranslated('The snapshot holds ');
    // What changed is told of two.
    await tree.contextMenu('Fabrikam', pseudo('Take Snapshot…'));
    await workbench.prompts.accept();
    await words.isToldTranslated('The snapshot holds ');
    await tree.contextMenu('Fabrikam', pseudo('Open Report…'));
    const matrix = report.getByRole('application');
    await matrix.waitFor();
    await report.locator('figure svg').first().waitFor();
    await report.locator('#history figure').waitFor();
    const closed = await report.locator('details:not([open]) > summary').all();
    // An opened one is not among them any more.
    for (const one of closed.toReversed()) await one.click();
    await matrix.press('ArrowRight');
    await matrix.press('ArrowDown');
    await report.locator('.status').getByText('⟦').waitFor();
    await words.isTranslated(report.locator('body'));
    await workbench.screenshot('words-report');
  });
});
