import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { isIn } from './directory.ts';
import type { Entra } from './entra.ts';
import { isFor } from './grant.ts';
import { button, form, htmlReply } from './replies.ts';
import { clientInfo } from './tokenText.ts';

/** The page where a person picks an account, and the way back to the app. */
export function authorizeRoutes(app: Hono, entra: Entra): void {
  app.get('/:directory/oauth2/v2.0/authorize', (c) => accountPage(entra, c.req.param('directory'), c.req.query()));
  app.post('/:directory/oauth2/v2.0/authorize', (c) => chosen(entra, c));
}

function accountPage(entra: Entra, directory: string, query: Record<string, string>): Response {
  const problem = requestProblem(entra, directory, query);
  if (problem !== undefined) return htmlReply('Sorry, but we’re having trouble signing you in', `<p>${problem}</p>`);
  const accounts = entra.accounts.filter((account) => {
    const found = entra.directory(directory, account);
    return found && isIn(account, found.id);
  });
  const buttons = accounts.map(({ userName, name }) => button('choice', userName, `${name} (${userName})`));
  const more = `${button('choice', ':cancel', 'Cancel')}${button('choice', ':deny', 'Deny consent')}`;
  return htmlReply(query.prompt === 'select_account' ? 'Pick an account' : 'Sign in', form('', query, buttons + more));
}

function requestProblem(entra: Entra, directory: string, query: Record<string, string>): string | undefined {
  if (!entra.app(query.client_id)) return 'AADSTS700016: The application was not found in the directory.';
  if (!entra.accounts.some((account) => entra.directory(directory, account))) {
    return 'AADSTS90002: The tenant was not found.';
  }
  if (query.response_mode !== 'form_post') return 'AADSTS70007: The response_mode is not supported here.';
  if (query.code_challenge_method !== 'S256' || !query.code_challenge) return 'AADSTS501481: PKCE is required.';
  if (!/^http:\/\/localhost(:\d+)?(\/.*)?$/.test(query.redirect_uri ?? '')) {
    return 'AADSTS50011: The redirect URI does not match those of the application.';
  }
  return undefined;
}

async function chosen(entra: Entra, c: Context): Promise<Response> {
  const { choice = '', ...query } = (await c.req.parseBody()) as Record<string, string>;
  const directoryName = c.req.param('directory') ?? '';
  const problem = requestProblem(entra, directoryName, query);
  if (problem !== undefined) return htmlReply('Sorry', `<p>${problem}</p>`);
  return back(query, answer(entra, directoryName, query, choice));
}

/** What the app is told. */
function answer(
  entra: Entra,
  directoryName: string,
  query: Record<string, string>,
  choice: string,
): Record<string, string> {
  const account = entra.account(choice);
  const app = entra.app(query.client_id);
  const directory = account && entra.directory(directoryName, account);
  if (!app || !account || !directory) {
    const isDenied = choice === ':deny';
    const words = isDenied ? 'AADSTS65004: User declined to consent to access the app.' : 'AADSTS50126: Cancelled.';
    return { error: 'access_denied', error_description: words, error_subcode: isDenied ? '' : 'cancel' };
  }
  const scope = query.scope ?? '';
  if ((app.unconsented ?? []).some((resource) => isFor({ scope }, resource))) {
    const words = `AADSTS90094: An administrator of ${directory.name} has set a policy that prevents you from granting the app the permissions it is requesting.`;
    return { error: 'access_denied', error_description: words };
  }
  const code = `1.code.${randomUUID()}`;
  entra.codes.set(code, {
    app,
    account,
    directory,
    scope,
    claims: query.claims ?? '',
    redirectUri: query.redirect_uri ?? '',
    challenge: query.code_challenge ?? '',
  });
  return { code, client_info: clientInfo(account), session_state: randomUUID() };
}

/** Posts the answer to the app by the person's browser. */
function back(query: Record<string, string>, fields: Record<string, string>): Response {
  const state = query.state === undefined ? {} : { state: query.state };
  const inner = '<noscript><button>Continue</button></noscript>';
  const posted = form(query.redirect_uri ?? '', { ...fields, ...state }, inner);
  return htmlReply('Working…', `${posted}<script>document.forms[0].submit()</script>`);
}
