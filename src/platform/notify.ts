import * as vscode from 'vscode';
import { toAppError } from '../core/errors.ts';
import { explain } from './explain.ts';

/**
 * Tells once that a command failed. Notifications run the links in their text, so nothing of the error itself is
 * shown: its kind has words of ours, the rest is in the log.
 */
export async function notifyFailure(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const { what, advice } = explain(vscode.l10n.t, toAppError(error));
  await notify(`${what}. ${advice}`, log);
}

/** Tells that something went wrong that nobody foresaw. */
export async function notifyBug(log: vscode.LogOutputChannel): Promise<void> {
  await notify(vscode.l10n.t('Something went wrong. The log says more.'), log);
}

async function notify(message: string, log: vscode.LogOutputChannel): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) log.show();
}
