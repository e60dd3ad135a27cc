import type * as vscode from 'vscode';
import type { SecretStore } from '../core/auth/secrets.ts';

/** `SecretStore` over VS Code's own; its listeners end with the extension. */
export function createSecretStore({ secrets, subscriptions }: vscode.ExtensionContext): SecretStore {
  return {
    get: async (key) => secrets.get(key),
    set: async (key, value) => secrets.store(key, value),
    delete: async (key) => secrets.delete(key),
    onDidChange: (listener) => secrets.onDidChange(({ key }) => listener(key), undefined, subscriptions),
  };
}
