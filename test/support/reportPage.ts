import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { pageHtml } from '../../src/report/pageHtml.ts';
import type { FromPage, Shown } from '../../src/report/protocol.ts';
import type { PageFiles } from '../../src/report/savedHtml.ts';
import { projectFolder } from './folders.ts';
import { type ThemeName, themes } from './reportThemes.ts';
import { until } from './until.ts';

const origin = 'https://report.example';

export interface ReportPage {
  readonly page: Page;
  /** What the page asked of the extension so far. */
  asked(): Promise<readonly FromPage[]>;
  /** What the browser refused, and errors of scripts. */
  readonly refused: readonly string[];
  /** Addresses that were asked for besides the page's own parts. */
  readonly requests: readonly string[];
  setTheme(theme: ThemeName): Promise<void>;
  /** Gives it a report, as the extension does. */
  show(shown: Shown): Promise<void>;
  close(): Promise<void>;
}

/** Opens the bundled page as VS Code does: the same document and policy, and a theme's variables on the root. */
export async function openReportPage(
  browser: Browser,
  { theme = 'dark', shown }: { readonly theme?: ThemeName; readonly shown?: Shown } = {},
): Promise<ReportPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, refused, requests } = await watchedPage(context);
  await page.route(`${origin}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') return route.fulfill({ contentType: 'text/html', body: html() });
    if (name !== 'report.js' && name !== 'report.css') return route.abort();
    const contentType = name === 'report.js' ? 'text/javascript' : 'text/css';
    return route.fulfill({ contentType, body: readFileSync(join(projectFolder, 'dist', name)) });
  });
  await page.addInitScript(`
    const asked = (window.asked = []);
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => asked.push(message),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (next) => sessionStorage.setItem('state', JSON.stringify(next)),
    });
  `);
  await page.goto(`${origin}/`);
  const setTheme = (next: ThemeName) => page.evaluate<void>(themeScript(next));
  await setTheme(theme);
  const opened: ReportPage = {
    ...{ page, refused, requests, setTheme },
    asked: () => page.evaluate<FromPage[]>('window.asked'),
    show: async (next) => {
      await page.evaluate(`window.postMessage(${JSON.stringify({ type: 'show', key: '["a"]', ...next })})`);
      await page.locator('h1').waitFor();
    },
    close: () => context.close(),
  };
  if (shown) await opened.show(shown);
  return opened;
}

/** Opens a saved report as a file of its own. */
export async function openSavedPage(browser: Browser, html: string): Promise<ReportPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const { page, refused, requests } = await watchedPage(context);
  await page.route(`${origin}/**`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await page.goto(`${origin}/`);
  await page.locator('h1').waitFor();
  return {
    ...{ page, refused, requests },
    asked: async () => [],
    setTheme: async () => undefined,
    show: async () => undefined,
    close: () => context.close(),
  };
}

async function watchedPage(context: BrowserContext) {
  const page = await context.newPage();
  const refused: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => refused.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') refused.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (![`${origin}/`, `${origin}/report.js`, `${origin}/report.css`].includes(url)) requests.push(url);
  });
  return { page, refused, requests };
}

function html(): string {
  return pageHtml({
    script: `${origin}/report.js`,
    style: `${origin}/report.css`,
    cspSource: origin,
    nonce: 'bm9uY2U=',
    title: 'Report',
    language: 'en',
  });
}

function themeScript(theme: ThemeName): string {
  const { className, variables } = themes[theme];
  return `
    for (const [name, value] of Object.entries(${JSON.stringify(variables)}))
      document.documentElement.style.setProperty('--vscode-' + name, value);
    document.body.className = ${JSON.stringify(className)};
  `;
}

/** The bundled parts of the page. */
export function pageFiles(): PageFiles {
  const [script = '', style = ''] = ['report.js', 'report.css'].map((name) =>
    readFileSync(join(projectFolder, 'dist', name), 'utf8'),
  );
  return { script, style };
}

/** The last thing that the page asked for. */
export async function askedFor(opened: ReportPage, type: FromPage['type']): Promise<FromPage> {
  return until(opened.page, `the page to ask for ${type}`, async () => {
    const last = (await opened.asked()).at(-1);
    return last?.type === type ? last : undefined;
  });
}
