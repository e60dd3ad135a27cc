import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from './chromium.ts';
import { makeTemporaryFolder, projectFolder, removeFolder } from './folders.ts';
import { installDevelopmentFolder, installMicrosoftStandIn, installVsix } from './installExtension.ts';
import { installPseudoLanguage, pseudoLanguage } from './pseudo.ts';
import { until } from './until.ts';
import { type Settings, setUserSetting, startVsCode, type VsCodeServer, workbenchUrl } from './vscodeServer.ts';
import { WorkbenchNotifications } from './workbenchNotifications.ts';
import { WorkbenchPrompts } from './workbenchPrompts.ts';
import { WorkbenchTree } from './workbenchTree.ts';

/** Dark Modern and so on, with the class that the workbench wears in it. */
const themeClasses = {
  'Dark Modern': 'vs-dark',
  'Light Modern': 'vs',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
} as const;

export interface WorkbenchOptions {
  /** A packaged extension; by default the one in the project's folder, which must be built. */
  vsix?: string;
  /** The folder that the window opens; by default none. */
  folder?: string;
  settings?: Settings;
  /** Leads what is sent to Microsoft to this server instead: see test/host/microsoftStandIn.ts. */
  microsoftOrigin?: string;
  /** For the extension host. */
  env?: Readonly<Record<string, string>>;
  size?: { width: number; height: number };
  /** What the extension speaks; VS Code's own texts stay English. */
  language?: typeof pseudoLanguage | 'de';
}

/** Starts a VS Code with the extension and opens its window in a browser of its own. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const dataDir = makeTemporaryFolder();
  const started: (() => Promise<void>)[] = [async () => removeFolder(dataDir)];
  const close = async () => {
    for (const end of started.toReversed()) await end();
  };
  try {
    const extensionsDir = join(dataDir, 'extensions');
    const { settings = {}, microsoftOrigin, folder, size = { width: 1280, height: 800 }, language } = options;
    if (options.vsix !== undefined) await installVsix(extensionsDir, options.vsix);
    else {
      const installed = installDevelopmentFolder(extensionsDir);
      if (language === pseudoLanguage) installPseudoLanguage(installed);
    }
    if (microsoftOrigin !== undefined) await installMicrosoftStandIn(extensionsDir);
    const env = {
      ...options.env,
      ...(microsoftOrigin === undefined ? {} : { TEST_MICROSOFT_ORIGIN: microsoftOrigin }),
    };
    const server = await startVsCode({ dataDir, extensionsDir, settings, env });
    started.push(() => server.stop());
    const browser = await launchBrowser();
    started.push(() => browser.close());
    const context = await openContext(browser, size);
    if (language !== undefined) await context.addInitScript({ content: speak(language) });
    const page = await context.newPage();
    await page.goto(workbenchUrl(server, folder === undefined ? {} : { folder }));
    const workbench = new Workbench(server, context, page, close);
    await workbench.ready();
    return workbench;
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The page would address its user data without a host, while changed files are told with one: a changed setting would
 * not be noticed. A path that starts with two slashes brings its host along.
 */
const addressUserData = `
  new MutationObserver((_, observer) => {
    const element = document.getElementById('vscode-workbench-web-configuration');
    if (element === null) return;
    observer.disconnect();
    const configuration = JSON.parse(element.dataset.settings);
    configuration.userDataPath = '//' + location.host + configuration.userDataPath;
    element.dataset.settings = JSON.stringify(configuration);
  }).observe(document, { childList: true, subtree: true });
`;

/** What a language pack says first; without its texts, those of VS Code itself stay English. */
const speak = (language: string) => `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`;

async function openContext(browser: Browser, viewport: { width: number; height: number }): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
  // The server's half of the key that encrypts secrets: with a fixed one they outlive a reload of the page.
  await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
  await context.addInitScript({ content: addressUserData });
  return context;
}

/** A window of VS Code, as a person at the screen sees it. Each method waits for what it names to be seen. */
export class Workbench {
  readonly server: VsCodeServer;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly prompts: WorkbenchPrompts;
  readonly notifications: WorkbenchNotifications;
  /** Ends the browser and the server, and removes what they kept. */
  readonly close: () => Promise<void>;

  constructor(server: VsCodeServer, context: BrowserContext, page: Page, close: () => Promise<void>) {
    this.server = server;
    this.context = context;
    this.page = page;
    this.prompts = new WorkbenchPrompts(page);
    this.notifications = new WorkbenchNotifications(page, (title) => this.prompts.runCommand(title));
    this.close = close;
  }

  /** Waits until the window shows its parts and the extension host is up. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
  }

  /** Runs a command from the palette by its title, with its category or without. */
  runCommand(title: string): Promise<void> {
    return this.prompts.runCommand(title);
  }

  /** Shows a view by its name and focuses it. */
  async openView(name: string): Promise<WorkbenchTree> {
    await this.runCommand(`Focus on ${name} View`);
    const tree = this.view(name);
    await tree.pane.waitFor();
    return tree;
  }

  /** A view that is open already. */
  view(name: string): WorkbenchTree {
    return new WorkbenchTree(this.page, name);
  }

  /** Changes a user setting; the window follows a moment later: wait for the effect. `undefined` removes it. */
  setSetting(key: string, value: unknown): void {
    setUserSetting(this.server, key, value);
  }

  async setTheme(theme: keyof typeof themeClasses): Promise<void> {
    this.setSetting('workbench.colorTheme', theme);
    await this.page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
  }

  /** Writes screenshots/<name>.png. @returns its path */
  async screenshot(name: string): Promise<string> {
    const folder = join(projectFolder, 'screenshots');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }

  /** Reloads the window: the extension starts again, with its state and its secrets. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** What an action copies. */
  async copied(action: () => Promise<void>): Promise<string> {
    await this.page.evaluate(`navigator.clipboard.writeText('')`);
    await action();
    return until(this.page, 'something to be copied', async () => (await this.clipboard()) || undefined);
  }

  /** What was copied last. */
  clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }
}
