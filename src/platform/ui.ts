import * as vscode from 'vscode';
import { cancelled } from '../core/errors.ts';
import { loadOnce } from '../core/loadOnce.ts';
import { safeText } from '../core/text/text.ts';
import type { Ui } from '../core/ui.ts';
import { withSignal } from './cancellation.ts';
import { setContextKey } from './contextKeys.ts';
import { explain } from './explain.ts';

/** `Ui` over VS Code's own dialogs. */
export function createUi(log: vscode.LogOutputChannel): Ui & vscode.Disposable {
  const documents = loadOnce(async () => (await import('./documents.ts')).createDocuments());
  const files = loadOnce(async () => (await import('./editedFiles.ts')).createEditedFiles());
  return {
    // Dialogs are for commands, so they are loaded as those are.
    pick: async (...args) => (await import('./pick.ts')).pick(...args),
    pickMany: async (...args) => (await import('./pick.ts')).pickMany(...args),
    search: async (...args) => (await import('./search.ts')).search(...args),
    input: async (...args) => (await import('./input.ts')).input(...args),
    pickTextFile: async (...args) => (await import('./pickTextFile.ts')).pickTextFile(...args),
    confirm: async (message, detail, buttons) => {
      const items = buttons.map(({ label, value }) => ({ title: label, value }));
      const options = { modal: true, detail: safeLines(detail) };
      const chosen = await vscode.window.showWarningMessage(safeText(message), options, ...items);
      return chosen?.value;
    },
    inform: (message) => void vscode.window.showInformationMessage(message),
    offer: async (message, button) => (await vscode.window.showInformationMessage(message, button)) === button,
    warn: (message) => void vscode.window.showErrorMessage(message),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    openExternal: async (url) => {
      if (!/^https:\/\//i.test(url)) throw new Error('Only https addresses are opened in the browser.');
      // As a Uri, VS Code would decode the escapes in it.
      await vscode.env.openExternal(url as unknown as vscode.Uri);
    },
    showDocument: async (...args) => (await documents.get()).show(...args),
    showDiff: async (...args) => (await documents.get()).showDiff(...args),
    openNewFile: async (...args) => (await files.get()).openNew(...args),
    editedFile: async (...args) => (await files.get()).edited(...args),
    markProblems: async (...args) => (await files.get()).mark(...args),
    saveFile: async (options) => (await import('./saveFile.ts')).saveFile(options),
    withProgress,
    showLog: () => log.show(),
    completeStep: (step) => setContextKey(`tenantExplorer.walkthrough.${step}`, true),
    tellReason: async (reason) => (await import('./tellReason.ts')).tellReason(vscode.l10n.t, reason),
    tellWhat: (kind) => `${explain(vscode.l10n.t, { kind }).what}.`,
    explain: (kind) => {
      const { what, advice } = explain(vscode.l10n.t, { kind });
      return `${what}. ${advice}`;
    },
    dispose: () => {
      for (const made of [documents, files]) void made.begun()?.then((one) => one.dispose());
    },
  };
}

/** A cancellable notification; when the user cancels, the task's signal aborts and its failure counts as cancelled. */
async function withProgress<T>(
  title: string,
  outer: AbortSignal | undefined,
  task: (progress: { report(message: string): void }, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) =>
    withSignal(token, outer, async (signal) => {
      try {
        return await task({ report: (message) => progress.report({ message }) }, signal);
      } catch (error) {
        throw signal.aborted ? cancelled() : error;
      }
    }),
  );
}

/** As `safeText`, but lines stay lines. */
function safeLines(text: string): string {
  return text.split('\n').map(safeText).join('\n');
}
