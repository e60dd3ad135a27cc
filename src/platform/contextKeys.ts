import * as vscode from 'vscode';

/** What `when` clauses of the manifest ask for. The only file that sets context keys. */
export interface ContextKeys {
  /** The tenants as they are now: whether there is none, and whether the access of any may be changed. */
  setTenants(tenants: readonly { readonly allowsChanges?: boolean }[]): void;
  /** A tenant is being read whole, or waits for its service: then it can be stopped. */
  setReading(isReading: boolean): void;
  /** Whether the view "Access" shows somebody's; from then on there is that view. */
  setAccessShown(isShown: boolean): void;
}

export function createContextKeys(): ContextKeys {
  return {
    setTenants: (tenants) => {
      setContextKey('tenantExplorer.noTenants', tenants.length === 0);
      setContextKey(
        'tenantExplorer.changeable',
        tenants.some(({ allowsChanges = false }) => allowsChanges),
      );
    },
    setReading: (isReading) => setContextKey('tenantExplorer.reading', isReading),
    setAccessShown: (isShown) => {
      setContextKey('tenantExplorer.accessShown', isShown);
      setContextKey('tenantExplorer.accessOpened', true);
    },
  };
}

const told = new Map<string, boolean>();

export function setContextKey(key: string, value: boolean): void {
  if (told.get(key) === value) return;
  told.set(key, value);
  void vscode.commands.executeCommand('setContext', key, value);
}
