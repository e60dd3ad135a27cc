import * as vscode from 'vscode';
import type { CheckAgain, EditedFile, FileProblem } from '../core/editedFile.ts';
import { cancelled } from '../core/errors.ts';
import { safeText } from '../core/text/text.ts';

export interface EditedFiles extends vscode.Disposable {
  openNew(name: string, text: string): Promise<void>;
  edited(options: { readonly title: string; readonly ending: string }, given: unknown): Promise<EditedFile>;
  mark(uri: string, problems: readonly FileProblem[], again?: CheckAgain): Promise<void>;
}

/** Text files that commands are about, and what is wrong in them. See `Ui`. */
export function createEditedFiles(): EditedFiles {
  const problems = vscode.languages.createDiagnosticCollection('tenantExplorer');
  /** Of files with problems. */
  const checks = new Map<string, CheckAgain>();
  const set = (document: vscode.TextDocument, all: readonly FileProblem[], again: CheckAgain | undefined) => {
    const id = document.uri.toString();
    if (again && all.length > 0) checks.set(id, again);
    else checks.delete(id);
    problems.set(
      document.uri,
      all.map((one) => diagnosticOf(document, one)),
    );
  };
  const saving = vscode.workspace.onDidSaveTextDocument(async (document) => {
    const again = checks.get(document.uri.toString());
    const { version } = document;
    const all = await again?.(document.getText());
    // Marked or edited anew meanwhile.
    const isLate = checks.get(document.uri.toString()) !== again || document.version !== version;
    if (all && !isLate) set(document, all, again);
  });
  const closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    checks.delete(uri.toString());
    problems.delete(uri);
  });
  let last: string | undefined;
  return {
    openNew: async (name, text) => {
      const document = await vscode.workspace.openTextDocument(freeUri(name));
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(0, 0), text);
      await vscode.workspace.applyEdit(edit);
      const editor = await vscode.window.showTextDocument(document, { preview: false });
      // The document was empty when VS Code looked how it is indented.
      editor.options = { insertSpaces: true, tabSize: 2 };
    },
    edited: async ({ title, ending }, given) => {
      const document = (await documentFor(ending, given, last)) ?? (await chooseDocument(title, ending));
      last = document.uri.toString();
      return { uri: last, text: document.getText() };
    },
    mark: async (uri, all, again) => {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
      set(document, all, again);
      if (all.some(({ severity }) => severity === 'error')) await vscode.window.showTextDocument(document);
    },
    dispose: () => vscode.Disposable.from(problems, saving, closing).dispose(),
  };
}

/** See `Ui.editedFile`; nothing where the user must choose. */
async function documentFor(
  ending: string,
  given: unknown,
  last: string | undefined,
): Promise<vscode.TextDocument | undefined> {
  const isFit = (uri: vscode.Uri) => uri.path.toLowerCase().endsWith(ending);
  const uri =
    given instanceof vscode.Uri ? given : typeof given === 'string' ? vscode.Uri.parse(given, true) : undefined;
  if (uri && isFit(uri)) {
    const document = await vscode.workspace.openTextDocument(uri);
    if (!vscode.window.visibleTextEditors.some((editor) => editor.document === document))
      await vscode.window.showTextDocument(document);
    return document;
  }
  // Of a file under version control, there may be a second document: how it was.
  const open = vscode.workspace.textDocuments.filter(
    (one) =>
      !one.isClosed && isFit(one.uri) && ['file', 'untitled', 'vscode-remote', 'vscode-vfs'].includes(one.uri.scheme),
  );
  const active = vscode.window.activeTextEditor?.document;
  return (
    open.find((one) => one === active) ??
    open.find((one) => one.uri.toString() === last) ??
    (open.length === 1 ? open[0] : undefined)
  );
}

async function chooseDocument(title: string, ending: string): Promise<vscode.TextDocument> {
  const filters = { [`*${ending}`]: [ending.replace(/^\./, '')], '*': ['*'] };
  const [uri] = (await vscode.window.showOpenDialog({ title, filters })) ?? [];
  if (!uri) throw cancelled();
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** A name that no unsaved file has yet. */
function freeUri(name: string): vscode.Uri {
  const fileName = safeText(name).replace(/[/\\:*?"<>|]/g, '_');
  const dot = fileName.indexOf('.');
  const isTaken = (uri: vscode.Uri) =>
    vscode.workspace.textDocuments.some((one) => !one.isClosed && one.uri.toString() === uri.toString());
  for (let count = 1; ; count += 1) {
    const number = count === 1 ? '' : ` ${count}`;
    const uri = vscode.Uri.from({
      scheme: 'untitled',
      path: dot < 0 ? `${fileName}${number}` : `${fileName.slice(0, dot)}${number}${fileName.slice(dot)}`,
    });
    if (!isTaken(uri)) return uri;
  }
}

const severities: Readonly<Record<FileProblem['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function diagnosticOf(document: vscode.TextDocument, { span, severity, message }: FileProblem): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(span.offset), document.positionAt(span.offset + span.length));
  const diagnostic = new vscode.Diagnostic(range, safeText(message), severities[severity]);
  diagnostic.source = 'Tenant Explorer';
  return diagnostic;
}
