/**
 * An extension for tests, to be installed beside ours: leads what is sent to Microsoft to a server of the test, and is
 * VS Code's "microsoft" authentication provider, whose accounts are those of that server. It shares the extension host
 * with ours, so nothing of ours needs a setting that could send tokens elsewhere.
 */
import http from 'node:http';
import https from 'node:https';
import * as vscode from 'vscode';

const { TEST_MICROSOFT_ORIGIN: origin = '' } = process.env;
const microsoft = /^https:\/\/(login\.microsoftonline\.com|management\.azure\.com|api\.powerbi\.com)(?=\/)/;
const userNames = ['ana@contoso.example', 'ben@contoso.example'];

export function activate({ subscriptions, globalState }: vscode.ExtensionContext): void {
  leadRequests();
  subscriptions.push(registerAccounts(globalState));
}

function leadRequests(): void {
  const { request } = https;
  const { fetch } = globalThis;
  const lead = (url: string) => url.replace(microsoft, origin);
  Object.assign(https, {
    request: (url: string, ...others: [https.RequestOptions]) =>
      typeof url === 'string' && microsoft.test(url) ? http.request(lead(url), ...others) : request(url, ...others),
  });
  globalThis.fetch = (input, init) => fetch(typeof input === 'string' ? lead(input) : input, init);
}

/** As VS Code's own: an account that is signed in gets tokens for whatever is asked, without a word. */
function registerAccounts(state: vscode.Memento): vscode.Disposable {
  const changes = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const signedIn = () => state.get<string[]>('signedIn', []);
  const provider: vscode.AuthenticationProvider = {
    onDidChangeSessions: changes.event,
    getSessions: (scopes = [], { account }) =>
      Promise.all(
        signedIn()
          .filter((userName) => account === undefined || account.label === userName)
          .map((userName) => sessionOf(userName, scopes)),
      ),
    createSession: async (scopes, { account }) => {
      const userName = account?.label ?? (await vscode.window.showQuickPick(userNames, { title: 'Pick an account' }));
      if (userName === undefined) throw new Error('Cancelled');
      const session = await sessionOf(userName, scopes);
      await state.update('signedIn', [...new Set([...signedIn(), userName])]);
      changes.fire({ added: [session], removed: [], changed: [] });
      return session;
    },
    removeSession: async () => state.update('signedIn', []),
  };
  return vscode.authentication.registerAuthenticationProvider('microsoft', 'Microsoft', provider, {
    supportsMultipleAccounts: true,
  });
}

async function sessionOf(userName: string, scopes: readonly string[]): Promise<vscode.AuthenticationSession> {
  const reply = await fetch(`${origin}/vscode/session`, { method: 'POST', body: JSON.stringify({ userName, scopes }) });
  const { token, accountId } = (await reply.json()) as { token: string; accountId: string };
  return {
    id: `${accountId} ${scopes.join(' ')}`,
    accessToken: token,
    account: { id: accountId, label: userName },
    scopes,
  };
}
