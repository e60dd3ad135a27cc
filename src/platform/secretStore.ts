import type * as vscode from 'vscode';
import type { SecretStore } from '../core/secrets.ts';

/** `SecretStore` over VS Code's own. */
export function createSecretStore(secrets: vscode.SecretStorage): SecretStore {
  return {
    get: async (key) => secrets.get(key),
    set: async (key, value) => secrets.store(key, value),
    delete: async (key) => secrets.delete(key),
    onDidChange: (listener) => secrets.onDidChange(({ key }) => listener(key)),
  };
}
