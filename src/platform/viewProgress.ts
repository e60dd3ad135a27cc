import * as vscode from 'vscode';

export interface ViewProgress {
  /** Shows, or ends, the progress bar of the view. */
  set(isBusy: boolean): void;
}

export function createViewProgress(viewId: string): ViewProgress {
  let end: (() => void) | undefined;
  return {
    set: (isBusy) => {
      if (isBusy === (end !== undefined)) return;
      if (end) {
        end();
        end = undefined;
        return;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      end = resolve;
      void vscode.window.withProgress({ location: { viewId } }, () => promise);
    },
  };
}
