import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { cancelled } from '../core/errors.ts';
import type { SaveOptions } from '../core/ui.ts';

/** The folder that was chosen last in this window. */
let folder: string | undefined;

/** Only on the computer that the extension runs on. @throws AppError `cancelled` */
export async function saveFile({ title, name, type }: SaveOptions): Promise<string> {
  const uri = await vscode.window.showSaveDialog({
    title,
    // A file's address: else, in a remote window, the dialog may show another computer's folders.
    defaultUri: vscode.Uri.file(join(folder !== undefined && existsSync(folder) ? folder : homedir(), name)),
    filters: { [type.label]: [type.extension] },
  });
  if (!uri) throw cancelled();
  if (uri.scheme !== 'file') {
    void vscode.window.showErrorMessage(vscode.l10n.t('Files can be written to folders of this computer only.'));
    throw cancelled();
  }
  folder = dirname(uri.fsPath);
  return uri.fsPath;
}
