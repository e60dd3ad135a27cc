import * as vscode from 'vscode';

/** What `when` clauses of the manifest ask for. The only file that sets context keys. */
export interface ContextKeys {
  /** The tenants were read once, so whether there are any is known. */
  setLoaded(): void;
}

export function createContextKeys(): ContextKeys {
  return { setLoaded: () => void vscode.commands.executeCommand('setContext', 'tenantExplorer.loaded', true) };
}
