import * as vscode from 'vscode';
import type { VsCodeAccounts, VsCodeSessionRequest } from '../core/vscodeAccounts.ts';

/** `VsCodeAccounts` over VS Code's own. */
export function createVsCodeAccounts(): VsCodeAccounts {
  return {
    session: async (request) => {
      const { provider, scopes, claims } = request;
      const wanted = claims === undefined ? scopes : { wwwAuthenticate: challengeOf(claims), fallbackScopes: scopes };
      return vscode.authentication.getSession(provider, wanted, optionsOf(request));
    },
    accounts: async (provider) => vscode.authentication.getAccounts(provider),
    onDidChange: (listener) => vscode.authentication.onDidChangeSessions((event) => listener(event.provider.id)),
  };
}

function optionsOf({ account, ask }: VsCodeSessionRequest): vscode.AuthenticationGetSessionOptions {
  const whose = account ? { account } : {};
  if (ask === 'never') return { ...whose, silent: true };
  if (ask === 'always') return { ...whose, forceNewSession: true };
  // The account that the person once preferred for another tenant must not be taken without a word.
  return { ...whose, createIfNone: true, ...(account ? {} : { clearSessionPreference: true }) };
}

function challengeOf(claims: string): string {
  return `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
}
