import * as vscode from 'vscode';

/** What `when` clauses of the manifest ask for. The only file that sets context keys. */
export interface ContextKeys {
  /** The tenants were read once, so whether there are any is known. */
  setLoaded(): void;
  /** A tenant is being read whole, or waits for its service: then it can be stopped. */
  setReading(isReading: boolean): void;
  /** Whether the access of any tenant may be changed. */
  setChangeable(isChangeable: boolean): void;
  /** Whether the view "Access" shows somebody's; from then on there is that view. */
  setAccessShown(isShown: boolean): void;
}

export function createContextKeys(): ContextKeys {
  return {
    setLoaded: () => setContextKey('tenantExplorer.loaded', true),
    setReading: (isReading) => setContextKey('tenantExplorer.reading', isReading),
    setChangeable: (isChangeable) => setContextKey('tenantExplorer.changeable', isChangeable),
    setAccessShown: (isShown) => {
      setContextKey('tenantExplorer.accessShown', isShown);
      setContextKey('tenantExplorer.accessOpened', true);
    },
  };
}

export function setContextKey(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
