import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { sampleTenants } from '../../src/sandbox/sampleTenants.ts';
import { manifestBundlePath, readBundle } from './bundles.ts';
import { pseudo, pseudoLanguage, untranslated, untranslatedPart } from './pseudo.ts';
import { until } from './until.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';
import type { WorkbenchTree } from './workbenchTree.ts';

/** What is the same in every language: names, and what the services call their rights. */
const terms = [
  ...['Power BI', 'UiPath', 'Microsoft Entra ID', 'Tenant Explorer'],
  ...['Admin', 'Contributor', 'Member', 'Viewer'],
];
/** Of files. */
const formats = ['CSV', 'JSON', 'NDJSON', 'Markdown', 'Excel', 'Parquet'];
const endings = ['.csv', '.json', '.ndjson', '.md', '.xlsx', '.parquet'];
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
/** What is in no language, in every window. */
export const knownData: readonly string[] = [
  ...namesIn(sampleTenants()),
  ...terms,
  ...formats,
  ...endings,
  ...reasons,
  ...ofVsCode,
  ...aliases,
];

/** All names and addresses in what the sample tenants hold. */
function namesIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string')
    return value !== '' && /name|mail|identifier|^id$|Id$|upn|path|organization/i.test(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, one]) => namesIn(one, Array.isArray(value) ? key : inner));
}

/** A window in the language that nobody speaks, and ways to look whether what it shows is all in it. */
export interface PseudoWorkbench {
  readonly workbench: Workbench;
  isTranslated(...parts: readonly Locator[]): Promise<void>;
  /** All that a view shows. */
  isViewTranslated(tree: WorkbenchTree): Promise<void>;
  /** Waits for a question with this title (in English) and looks at all of it. */
  isAskedTranslated(title: string): Promise<void>;
  /** Waits for a notification that has a text which begins so (in English), looks at it, and dismisses all. */
  isToldTranslated(text: string): Promise<void>;
  /** Waits for a modal dialog and looks at it. */
  isModalTranslated(): Promise<void>;
  /** Waits for an editor that has a text which begins so (in English), looks at all of it, and closes all. */
  isDocumentTranslated(text: string): Promise<void>;
}

/** How a translated text begins. */
const beginning = (text: string) => pseudo(text).replace(/⟧$/, '');

/** @param ownData what is in no language, beside what the sample tenants hold */
export async function openPseudoWorkbench(
  options: Omit<WorkbenchOptions, 'language'>,
  ownData: readonly string[] = [],
): Promise<PseudoWorkbench> {
  const workbench = await openWorkbench({ ...options, language: pseudoLanguage });
  const { page, prompts, notifications } = workbench;
  const data = [...knownData, ...ownData];

  /** What is there from before goes a moment later. */
  async function isTranslated(...parts: readonly Locator[]): Promise<void> {
    const probe = async () => ((await untranslated(parts, data)).length === 0 ? true : undefined);
    await until(page, 'all to be translated', probe, () => untranslated(parts, data));
  }

  return {
    workbench,
    isTranslated,
    isViewTranslated: ({ pane }) =>
      isTranslated(
        pane.locator('.pane-header .title'),
        pane.locator('.welcome-view-content'),
        pane.locator('.message'),
        pane.locator('.monaco-list-row'),
        page.locator('.part.sidebar .pane-header .action-label'),
      ),
    isAskedTranslated: async (title) => {
      const { widget } = prompts;
      await widget.locator('.quick-input-title').getByText(pseudo(title)).waitFor();
      const row = '.quick-input-list .monaco-list-row';
      await isTranslated(
        ...['.quick-input-title', '.quick-input-message', '.quick-input-box input'].map((part) => widget.locator(part)),
        ...['.label-name', '.label-description', '.quick-input-list-label-meta', '.action-label'].map((part) =>
          widget.locator(`${row} ${part}`),
        ),
      );
    },
    isToldTranslated: async (text) => {
      const told = await notifications.waitFor(beginning(text));
      await isTranslated(told.locator('.notification-list-item-message'), told.locator('.monaco-button'));
      await notifications.clear();
    },
    isModalTranslated: async () => {
      const { dialog } = prompts;
      await dialog.waitFor();
      await isTranslated(dialog.locator('.dialog-message-row'), dialog.locator('.monaco-button'));
    },
    isDocumentTranslated: async (text) => {
      // In sight it is cut into lines and tokens; copied it is whole.
      await page
        .locator('.editor-instance .view-line', { hasText: beginning(text) })
        .first()
        .waitFor();
      const copied = await workbench.copied(async () => {
        await page.locator('.editor-instance .view-line').first().click();
        await page.keyboard.press('ControlOrMeta+A');
        await page.keyboard.press('ControlOrMeta+C');
      });
      const lines = copied.replaceAll('\\', '').split('\n');
      assert.deepEqual(
        lines.filter((line) => untranslatedPart(line, data) !== ''),
        [],
      );
      await workbench.runCommand('View: Close All Editors');
    },
  };
}
