import nodeFetch from 'node-fetch';
import type { SignInPrompts, SignInTenant } from '../../src/auth/signIn.ts';
import { createSend, type HttpRequest, type Send } from '../../src/core/http/http.ts';
import { generateTenant } from '../../src/sandbox/generatedTenant.ts';
import { guidOf } from '../../src/sandbox/guid.ts';
import type { EntraDescription } from '../../src/sandbox/microsoft/directory.ts';
import { createEntra, type Entra } from '../../src/sandbox/microsoft/entra.ts';
import { signInRoutes } from '../../src/sandbox/microsoft/routes.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';

export const contoso = { id: guidOf('directory/contoso'), name: 'Contoso', domain: 'contoso.example' };
export const fabrikam = { id: guidOf('directory/fabrikam'), name: 'Fabrikam', domain: 'fabrikam.example' };
export const tailspin = { id: guidOf('directory/tailspin'), name: 'Tailspin', domain: 'tailspin.example' };

/** At home in Contoso, guest of the others. */
export const ana = {
  userName: 'ana@contoso.example',
  name: 'Ana',
  objectId: guidOf('person/ana'),
  home: contoso.id,
  guestOf: [fabrikam.id, tailspin.id],
};
export const ben = { userName: 'ben@contoso.example', name: 'Ben', objectId: guidOf('person/ben'), home: contoso.id };

export const clientId = guidOf('app/own');
export const powerBIResource = 'https://analysis.windows.net/powerbi/api';

/** The sandbox with Microsoft's sign-in service, reached by the addresses of the real one. */
export interface EntraServer {
  readonly entra: Entra;
  readonly sandbox: Sandbox;
  /** Sends to the sandbox what is meant for Microsoft. */
  readonly send: Send;
  /** What was sent, with its body: tests look for secrets in it. */
  readonly sent: readonly HttpRequest[];
  /** The sandbox's address of one of Microsoft's. */
  local(url: string): string;
  close(): Promise<void>;
}

/** @param powerBI how many workspaces each directory's Power BI has, and what is told of each request to it */
export async function startEntra(
  description: Partial<EntraDescription> = {},
  powerBI: { readonly workspaces?: number; readonly onRequest?: () => void } = {},
): Promise<EntraServer> {
  const entra = createEntra({
    directories: [contoso, fabrikam, tailspin],
    accounts: [ana, ben],
    apps: [{ clientId, secret: 'correct horse battery staple' }],
    deviceCode: { interval: 0.01 },
    ...description,
  });
  const tenants = [contoso, fabrikam].map(({ id, name }) => {
    const check = entra.check(id, powerBIResource);
    const checkToken: typeof check = (token) => {
      powerBI.onRequest?.();
      return check(token);
    };
    const groups = powerBI.workspaces ?? 3;
    return {
      ...generateTenant({ provider: 'powerbi', groups, membersPerGroup: 2, name }),
      ...{ path: name.toLowerCase(), checkToken },
    };
  });
  const sandbox = await startSandbox({ tenants, signIn: (app) => signInRoutes(app, entra) });
  const sendAnywhere = createSend(
    async () => nodeFetch,
    () => ({ connect: 10_000, idle: 30_000, admin: 60_000 }),
  );
  const sent: HttpRequest[] = [];
  const local = (url: string) => {
    const { hostname, pathname, search } = new URL(url);
    // MSAL sends what is for login.chinacloudapi.cn to its other name.
    const isMicrosoft =
      /^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn|management\.azure\.com)$/;
    return isMicrosoft.test(hostname) ? sandbox.origin + pathname + search : url;
  };
  return {
    entra,
    sandbox,
    sent,
    local,
    send: (request, signal) => {
      sent.push(request);
      return sendAnywhere({ ...request, url: local(request.url) }, signal);
    },
    close: () => sandbox.close(),
  };
}

/** A tenant that signs in with an app registration. */
export function entraTenant(id: string, more: Partial<SignInTenant['connection']> & { accountId?: string } = {}) {
  const { accountId, ...connection } = more;
  const tenant: SignInTenant = {
    id,
    provider: 'powerbi',
    connection: {
      provider: 'powerbi',
      name: id,
      signIn: 'interactive',
      clientId,
      directoryId: contoso.id,
      ...connection,
    },
    ...(accountId === undefined ? {} : { accountId }),
  };
  return tenant;
}

/** Prompts of a person who does in the browser, or with the code, what `choice` says. */
export function person(server: EntraServer, choice: string): SignInPrompts {
  return {
    isRemote: false,
    reach: async (url) => url,
    openBrowser: async (url) => {
      void browse(server.local(url), choice);
      return true;
    },
    showCode: async ({ userCode, url }) => {
      await post(url, { code: userCode, choice });
    },
  };
}

/** A browser, as far as signing in needs one: presses a button and sends the form that comes back. */
export async function browse(url: string, choice: string): Promise<{ status: number; text: string }> {
  const page = await (await fetch(url)).text();
  const reply = await post(url, { ...fieldsOf(page), choice });
  const form = await reply.text();
  const action = /<form method="post" action="([^"]+)"/.exec(form)?.[1];
  if (action === undefined) throw new Error(`There is no way back to the app: ${form}`);
  const back = await post(plain(action).replace('localhost', '127.0.0.1'), fieldsOf(form));
  return { status: back.status, text: await back.text() };
}

export function post(url: string, fields: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
}

function fieldsOf(page: string): Record<string, string> {
  const fields = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, plain(value)]));
}

function plain(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
