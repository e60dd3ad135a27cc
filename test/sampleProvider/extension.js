// @ts-check
import * as vscode from 'vscode';
import { clubProvider } from './clubProvider.js';

/** @param {vscode.ExtensionContext} context */
export async function activate(context) {
  /** @type {vscode.Extension<import('../../src/api.ts').TenantExplorerApi> | undefined} */
  const extension = vscode.extensions.getExtension('tenant-explorer.tenant-explorer');
  const explorer = await extension?.activate();
  // Its tenants' rows stay readable when it goes; only loading needs it.
  if (explorer) context.subscriptions.push(explorer.registerProvider(clubProvider));
}
