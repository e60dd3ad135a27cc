import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Logger } from '../core/logger.ts';

/** The file's name is ours, so it may stand in a notification. */
export function tellDamaged(keptPath: string, log: Logger): void {
  log.warn(`The store was damaged. It is kept at ${keptPath}.`);
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'What was loaded before could not be read: the file was damaged. It is kept as {0}, and a new one was begun. Refresh your tenants to load them again. Pinned groups and snapshots were not kept; of the change log, what could be read.',
      basename(keptPath),
    ),
  );
}

export function tellNewer(): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'A newer version of Tenant Explorer wrote what is stored here. You can look at it; to load or change anything, update the extension.',
    ),
  );
}

export function tellSecretsFailure(): void {
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      "VS Code's secret storage does not work on this computer, so sign-ins are kept until this window closes. See VS Code's settings on the keyring.",
    ),
  );
}
