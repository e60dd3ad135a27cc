import * as vscode from 'vscode';
import { safeText } from '../core/text/text.ts';

const scheme = 'tenant-explorer';

export interface Documents extends vscode.Disposable {
  /** Opens a read-only document. */
  show(title: string, language: 'json' | 'markdown', text: string): Promise<void>;
  /** Opens two in the diff editor. */
  showDiff(title: string, before: string, after: string, language?: 'json'): Promise<void>;
}

/** Read-only documents that exist in memory only. */
export function createDocuments(): Documents {
  const texts = new Map<string, string>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => texts.get(uri.toString()),
  });
  const closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === scheme) texts.delete(uri.toString());
  });
  let count = 0;
  const add = (title: string, ending: string, text: string): vscode.Uri => {
    count += 1;
    // The name of the tab: a slash in a title must not look like a folder. The number keeps equal titles apart.
    const name = safeText(title).replace(/[/\\]/g, '∕').slice(0, 100).toWellFormed();
    const uri = vscode.Uri.from({ scheme, path: `/${name}.${ending}`, query: String(count) });
    texts.set(uri.toString(), text);
    return uri;
  };
  return {
    showDiff: async (title, before, after, language) => {
      const ending = language ?? 'txt';
      const [left, right] = [add(title, ending, before), add(title, ending, after)];
      await vscode.commands.executeCommand('vscode.diff', left, right, safeText(title), { preview: true });
    },
    show: async (title, language, text) => {
      const uri = add(title, language === 'json' ? 'json' : 'md', text);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: true });
    },
    dispose: () => vscode.Disposable.from(provider, closing).dispose(),
  };
}
