import * as vscode from 'vscode';
import type { SignInPrompts } from '../core/auth/signIn.ts';
import { AppError } from '../core/errors.ts';

/** What signing in asks of the person, by VS Code's own means. */
export function createSignInPrompts({ extension }: vscode.ExtensionContext): SignInPrompts {
  const isElsewhere = vscode.env.remoteName !== undefined || vscode.env.uiKind === vscode.UIKind.Web;
  return {
    // As a Uri, VS Code would decode the escapes in it.
    openBrowser: async (url) => vscode.env.openExternal(url as unknown as vscode.Uri),
    showCode,
    isRemote: isElsewhere && extension.extensionKind === vscode.ExtensionKind.Workspace,
    reach: async (url) => (await vscode.env.asExternalUri(vscode.Uri.parse(url, true))).toString(true),
  };
}

/** The code in a box that it can be copied from. Enter copies it and opens the page; closing it ends nothing. */
async function showCode(
  { userCode, url, expiresAt }: Parameters<SignInPrompts['showCode']>[0],
  signal: AbortSignal,
): Promise<void> {
  const { t } = vscode.l10n;
  if (!/^https?:$/.test(new URL(url).protocol))
    throw new AppError('badResponse', t('The page to sign in at is no web page.'));
  const box = vscode.window.createInputBox();
  const { promise, resolve } = Promise.withResolvers<void>();
  // Titles are literal; prompts are not, so nothing that came over the network stands there.
  box.title = t('Sign in at {0}', url);
  box.prompt = t(
    'Enter copies the code and opens the page. It is valid until {0}.',
    expiresAt.toLocaleTimeString(vscode.env.language, { timeStyle: 'short' }),
  );
  box.value = userCode;
  box.ignoreFocusOut = true;
  box.onDidChangeValue(() => {
    box.value = userCode;
  });
  box.onDidAccept(async () => {
    await vscode.env.clipboard.writeText(userCode);
    await vscode.env.openExternal(vscode.Uri.parse(url, true));
  });
  box.onDidHide(() => resolve());
  const stop = () => resolve();
  signal.addEventListener('abort', stop, { once: true });
  if (!signal.aborted) {
    box.show();
    await promise;
  }
  signal.removeEventListener('abort', stop);
  box.dispose();
}
