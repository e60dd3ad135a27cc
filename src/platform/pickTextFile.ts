import * as vscode from 'vscode';
import { AppError } from '../core/errors.ts';
import type { Ui } from '../core/ui.ts';

const maxBytes = 100_000;

/** See `Ui`. VS Code's file dialog cannot be aborted; what is chosen after an abort is not read. */
export const pickTextFile: Ui['pickTextFile'] = async ({ title, extensions }, signal) => {
  const filters = { [extensions.map((extension) => `*.${extension}`).join(', ')]: [...extensions], '*': ['*'] };
  const [file] = (await vscode.window.showOpenDialog({ title, filters })) ?? [];
  if (!file || signal?.aborted) return undefined;
  const { size } = await vscode.workspace.fs.stat(file);
  if (size > maxBytes) throw new AppError('invalid', vscode.l10n.t('The file is too large to be what it should be.'));
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
};
