import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isAppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Report } from '../core/report/report.ts';
import type { ReportSource } from '../core/report/reportSource.ts';
import { notifyBug, notifyFailure } from '../platform/notify.ts';
import { pageHtml } from './pageHtml.ts';
import { type FromPage, type PageState, parseFromPage, type Shown, type TablePart, type ToPage } from './protocol.ts';
import { reportTexts } from './reportTexts.ts';
import { savedHtml } from './savedHtml.ts';

/** The bundles lie beside this one. */
const folder = vscode.Uri.file(import.meta.dirname);
const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);

const options: vscode.WebviewPanelOptions & vscode.WebviewOptions = {
  enableScripts: true,
  localResourceRoots: [folder],
};

interface Open {
  readonly panel: vscode.WebviewPanel;
  refresh(): Promise<void>;
}

/** By what they are of, from when they are read first: who asks twice at once gets one page. */
const open = new Map<string, Promise<Open>>();

export interface ReportPanelDeps {
  readonly log: Logger;
  readonly channel: vscode.LogOutputChannel;
}

/** Reads a report and opens its page, or reads anew the one that is open. @throws AppError `cancelled` */
export async function showReport(deps: ReportPanelDeps, source: ReportSource): Promise<void> {
  const known = open.get(source.id);
  if (known) {
    const { panel, refresh } = await known;
    panel.reveal();
    return refresh();
  }
  // Nothing is kept while the page is hidden: it is given the report again, and remembers itself what was chosen in it.
  await openPage(deps, source, () =>
    vscode.window.createWebviewPanel('tenantExplorer.report', '', vscode.ViewColumn.Active, options),
  );
}

/**
 * Fills the panel that a reload of the window left, with the report read anew.
 * @param sourceOf the report that the page was of, by the `id` that it kept; nothing where there is no such any more
 */
export async function restoreReport(
  deps: ReportPanelDeps,
  panel: vscode.WebviewPanel,
  state: unknown,
  sourceOf: (id: string) => Promise<ReportSource | undefined>,
): Promise<void> {
  try {
    const source = await sourceOf(String((state as PageState | undefined)?.key ?? ''));
    if (!source || open.has(source.id)) return panel.dispose();
    await openPage(deps, source, () => {
      panel.webview.options = options;
      return panel;
    });
  } catch (error) {
    panel.dispose();
    tellFailure(deps, error);
  }
}

/** @param panelOf makes the panel when the report is read */
async function openPage(
  deps: ReportPanelDeps,
  source: ReportSource,
  panelOf: () => vscode.WebviewPanel,
): Promise<void> {
  const opening = source.read().then((report) => fillPanel(deps, source, report, panelOf()));
  open.set(source.id, opening);
  try {
    await opening;
  } catch (error) {
    open.delete(source.id);
    throw error;
  }
}

function fillPanel(deps: ReportPanelDeps, source: ReportSource, first: Report, panel: vscode.WebviewPanel): Open {
  const { log } = deps;
  const texts = reportTexts(vscode.l10n.t);
  const { language } = vscode.env;
  let shown: Shown = { report: first, texts, language };
  let rows: (readonly string[])[] = [];
  const { webview } = panel;
  panel.title = titleOf(shown);

  async function tell(): Promise<void> {
    const message: ToPage = { type: 'show', key: source.id, ...shown };
    await webview.postMessage(message);
  }
  async function refresh(): Promise<void> {
    shown = { ...shown, report: await source.read() };
    panel.title = titleOf(shown);
    await tell();
  }
  async function keepRows({ name, rows: more, isLast }: TablePart): Promise<void> {
    rows.push(...more);
    if (!isLast) return;
    const records = rows;
    rows = [];
    await source.saveTable(name, records);
  }
  async function answer(message: FromPage): Promise<void> {
    switch (message.type) {
      case 'ready':
        return tell();
      case 'refresh':
        return refresh();
      case 'load':
        await source.load();
        return refresh();
      case 'save':
        return source.save(savedHtml(shown, await pageFiles()));
      case 'table':
        return keepRows(message);
      case 'reveal':
        return source.reveal(message.spot);
    }
  }

  webview.onDidReceiveMessage(async (sent: unknown) => {
    const message = parseFromPage(sent);
    if (!message) return log.error('The page of the report sent what it never sends.');
    try {
      await answer(message);
    } catch (error) {
      tellFailure(deps, error);
    }
  });
  panel.onDidDispose(() => open.delete(source.id));
  webview.html = pageHtml({
    script: webview.asWebviewUri(file('report.js')).toString(),
    style: webview.asWebviewUri(file('report.css')).toString(),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64'),
    title: titleOf(shown),
    language,
  });
  return { panel, refresh };
}

function tellFailure({ log, channel }: ReportPanelDeps, error: unknown): void {
  if (isAppError(error, 'cancelled')) return;
  log.error('The page of the report asked for what failed.', error);
  void (isAppError(error) ? notifyFailure(error, channel) : notifyBug(channel));
}

function titleOf({ report, texts }: Shown): string {
  return `${texts.heading}: ${report.title}`.slice(0, 80).toWellFormed();
}

async function pageFiles(): Promise<{ script: string; style: string }> {
  const [script, style] = await Promise.all(
    ['report.js', 'report.css'].map((name) => readFile(file(name).fsPath, 'utf8')),
  );
  return { script: script ?? '', style: style ?? '' };
}
