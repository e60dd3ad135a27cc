import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { sampleTenants } from '../../src/sandbox/sampleTenants.ts';
import { manifestBundlePath, readBundle } from '../support/bundles.ts';
import { pseudo, pseudoLanguage, untranslated, untranslatedPart } from '../support/pseudo.ts';
import { until } from '../support/until.ts';
import { openWorkbench, type Workbench } from '../support/workbench.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';

/** What is the same in every language: names, and what the services call their rights. */
const terms = [
  ...['Power BI', 'UiPath', 'Microsoft Entra ID', 'Tenant Explorer'],
  ...['Admin', 'Contributor', 'Member', 'Viewer'],
];
/** A service's own words are told as they are. */
const reasons = ['GroupNotAccessible', '401'];
/** VS Code's own words around ours. */
const ofVsCode = [
  'Actions for',
  "(Press 'Enter' to confirm or 'Escape' to cancel)",
  'Warning',
  'Welcome',
  'Cancel',
  'Collapse All',
  'More Actions...',
  'Views and More Actions...',
];
/** The palette tells the English names of commands, too, and goes a while after it was left. */
const aliases = Object.values(readBundle(manifestBundlePath())).map((title) => `Tenant Explorer: ${title}`);
const data = [...namesIn(sampleTenants()), ...terms, ...reasons, ...ofVsCode, ...aliases];

/** All names and addresses in what the sample tenants hold. */
function namesIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string')
    return value !== '' && /name|mail|identifier|^id$|Id$|upn|path|organization/i.test(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, one]) => namesIn(one, Array.isArray(value) ? key : inner));
}

describe('the words', () => {
  let workbench: Workbench;
  let tree: WorkbenchTree;

  before(async () => {
    workbench = await openWorkbench({ size: { width: 1280, height: 1600 }, language: pseudoLanguage });
    tree = await workbench.openView(pseudo('Tenants'));
  });
  after(() => workbench?.close());

  const allOf = ({ pane }: WorkbenchTree) => [
    pane.locator('.pane-header .title'),
    pane.locator('.welcome-view-content'),
    pane.locator('.message'),
    pane.locator('.monaco-list-row'),
    workbench.page.locator('.part.sidebar .pane-header .action-label'),
  ];
  /** What is there from before goes a moment later. */
  async function isTranslated(...parts: Locator[]): Promise<void> {
    const probe = async () => ((await untranslated(parts, data)).length === 0 ? true : undefined);
    await until(workbench.page, 'all to be translated', probe, () => untranslated(parts, data));
  }
  /** Waits for a question with this title and looks at all of it. */
  const isAskedTranslated = async (title: string) => {
    const { widget } = workbench.prompts;
    await widget.locator('.quick-input-title').getByText(pseudo(title)).waitFor();
    const row = '.quick-input-list .monaco-list-row';
    await isTranslated(
      ...['.quick-input-title', '.quick-input-message', '.quick-input-box input'].map((part) => widget.locator(part)),
      ...['.label-name', '.label-description', '.quick-input-list-label-meta', '.action-label'].map((part) =>
        widget.locator(`${row} ${part}`),
      ),
    );
  };
  const dialog = () => workbench.prompts.dialog;

  it('of the welcome are translated', async () => {
    const button = tree.pane.getByRole('button', { name: pseudo('Open Sample Tenants') });
    await button.waitFor();
    await isTranslated(...allOf(tree));
  });

  it('of the sample tenants are there', async () => {
    await tree.pane.getByRole('button', { name: pseudo('Open Sample Tenants') }).click();
    await tree.waitForRows('four tenants', ({ length }) => length === 4);
  });

  it('of rows, and of what is said when all was read, are translated', async () => {
    await tree.contextMenu('Fabrikam', pseudo('Load the Whole Tenant'));
    const told = await workbench.notifications.waitFor(/⟦The tenant was read whole: ⟧/);
    await isTranslated(told.locator('.notification-list-item-message'));
    await workbench.notifications.clear();
    for (const tenant of ['Northwind Automation', 'Contoso Directory']) {
      await tree.expand(tenant);
      await isTranslated(...allOf(tree));
      await tree.collapse(tenant);
    }
    await tree.expand('Contoso');
    for (const group of ['Board Materials', 'Finance – Month End']) await tree.expand(['Contoso', group]);
    await isTranslated(...allOf(tree));
    await workbench.screenshot('words-rows');
  });

  it('of tooltips are translated', async () => {
    for (const row of ['Contoso', 'Finance – Month End', 'Mira Kovačević']) {
      const lines = await tree.tooltip(row);
      // Below them are the fields as the service names them.
      const ours = lines.filter((line) => !/^[a-z][\w.]*: /.test(line)).join('\n');
      assert.deepEqual(untranslatedPart(ours, data), '', row);
    }
  });

  it('of menus are translated', async () => {
    for (const row of ['Contoso', 'Finance – Month End', 'Mira Kovačević'])
      assert.deepEqual(untranslatedPart((await tree.contextMenuItems(row)).join('\n'), data), '', row);
  });

  it('of questions are translated', async () => {
    await workbench.runCommand(pseudo('Add a Tenant'));
    for (const answer of ['Power BI', pseudo('Access token')]) {
      await isAskedTranslated('Add a Tenant');
      await workbench.prompts.choose(answer);
    }
    await isAskedTranslated('Add a Tenant');
    await workbench.prompts.dismiss();
    for (const [command, title] of [
      ['Find…', 'Find'],
      ['Export Access…', 'Export Access'],
      ['Take Snapshot…', 'Take a Snapshot'],
      ['Filter Groups', 'Filter Groups'],
      ['Allow Changes…', 'Allow Changes'],
      ['Show Access of…', 'Show Access'],
      ['Open Report…', 'Open Report'],
    ] as const) {
      await workbench.runCommand(pseudo(command));
      await isAskedTranslated(title);
      await workbench.prompts.dismiss();
    }
  });

  it('of notifications are translated', async () => {
    for (const command of ['Show Change Log', 'Delete Snapshots…', 'Compare Snapshots…']) {
      await workbench.runCommand(pseudo(command));
      const told = await workbench.notifications.waitFor(/⟦/);
      await isTranslated(told.locator('.notification-list-item-message'));
      await workbench.notifications.clear();
    }
  });

  it('of dialogs are translated', async () => {
    for (const command of ['Remove Tenant', 'Delete Loaded Data…']) {
      await tree.contextMenu('Northwind Automation', pseudo(command));
      await dialog().waitFor();
      await isTranslated(dialog().locator('.dialog-message-row'), dialog().locator('.monaco-button'));
      await workbench.prompts.modal('Cancel');
    }
  });

  it('of the view Access are translated', async () => {
    await tree.contextMenu('Mira Kovačević', pseudo('Show Access'));
    const access = workbench.view(pseudo('Access'));
    await access.waitForRows('what she reaches', ({ length }) => length > 3);
    await isTranslated(...allOf(access));
    await workbench.screenshot('words-access');
  });

  it('of the view Findings are translated', async () => {
    await tree.toStart();
    await tree.collapse('Contoso');
    const findings = await workbench.openView(pseudo('Findings'));
    await findings.waitForRows('findings', (rows) => rows.some(({ label }) => label === pseudo('No administrator')));
    await isTranslated(...allOf(findings));
    await workbench.screenshot('words-findings');
  });

  it('of the report are translated', async () => {
    await tree.contextMenu('Fabrikam', pseudo('Open Report…'));
    const report = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await report.getByRole('application').waitFor();
    await report.locator('figure svg').first().waitFor();
    await isTranslated(report.locator('body'));
    await workbench.screenshot('words-report');
  });
});
