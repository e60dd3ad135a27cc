import * as vscode from 'vscode';
import type { VsCodeAccounts } from '../core/auth/vscodeAccounts.ts';
import { optionsOf, wantedOf } from './vscodeSession.ts';

/** `VsCodeAccounts` over VS Code's own. */
export function createVsCodeAccounts(): VsCodeAccounts {
  return {
    session: async (request) =>
      vscode.authentication.getSession(request.provider, wantedOf(request), optionsOf(request)),
    accounts: async (provider) => vscode.authentication.getAccounts(provider),
    onDidChange: (listener) => vscode.authentication.onDidChangeSessions((event) => listener(event.provider.id)),
  };
}
