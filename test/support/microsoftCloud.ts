import type { Context, Hono } from 'hono';
import { generateTenant } from '../../src/sandbox/generatedTenant.ts';
import type { EntraDirectory } from '../../src/sandbox/microsoft/directory.ts';
import { createEntra, type Entra } from '../../src/sandbox/microsoft/entra.ts';
import { signInRoutes } from '../../src/sandbox/microsoft/routes.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { ana, ben, clientId, contoso, fabrikam, powerBIResource } from './entra.ts';

export interface MicrosoftCloud {
  readonly entra: Entra;
  readonly sandbox: Sandbox;
  close(): Promise<void>;
}

/** Where a person enters a code. */
export const codePage = 'https://microsoft.com/devicelogin';

const directories = [contoso, fabrikam];

/**
 * Microsoft's cloud as a whole: the sign-in service, Azure's list of directories, and Power BI at one address, whose
 * tenant follows from the token. `microsoftStandIn` leads an extension host to it.
 * @param certificate of the app, in PEM
 */
export async function startMicrosoftCloud(secret: string, certificate: string): Promise<MicrosoftCloud> {
  const entra = createEntra({
    directories,
    accounts: [ana, ben],
    apps: [{ clientId, secret, certificate }],
    deviceCode: { interval: 1, page: codePage },
  });
  const tenants = directories.map((directory) => ({
    ...generateTenant({ provider: 'powerbi', groups: 3, membersPerGroup: 2, name: directory.name }),
    path: pathOf(directory),
    checkToken: entra.check(directory.id, powerBIResource),
  }));
  const signIn = (app: Hono) => {
    signInRoutes(app, entra);
    app.all('/v1.0/*', (c) => powerBI(app, entra, c));
    app.post('/vscode/session', (c) => vscodeSession(entra, c));
  };
  const sandbox = await startSandbox({ tenants, signIn });
  return { entra, sandbox, close: sandbox.close };
}

function pathOf({ name }: EntraDirectory): string {
  return name.toLowerCase();
}

function powerBI(app: Hono, entra: Entra, c: Context): Response | Promise<Response> {
  const authorization = c.req.header('authorization') ?? '';
  const directory = entra.grantOf(authorization.replace('Bearer ', ''))?.directory ?? contoso;
  const { origin, pathname, search } = new URL(c.req.url);
  const headers = { authorization };
  return app.fetch(
    new Request(`${origin}/${pathOf(directory)}${pathname}${search}`, { method: c.req.method, headers }),
  );
}

/** What VS Code's own app gets, whose sign-in is not played here: an account's token for a directory. */
async function vscodeSession(entra: Entra, c: Context): Promise<Response> {
  const { userName, scopes } = (await c.req.json()) as { userName: string; scopes: readonly string[] };
  const account = entra.account(userName);
  const wanted = scopes.find((scope) => scope.startsWith('VSCODE_TENANT:'))?.split(':')[1] ?? 'organizations';
  const directory = account && entra.directory(wanted, account);
  const [app] = entra.apps;
  if (!account || !directory || !app) return c.json({ error: 'No such account or directory.' }, 400);
  const scope = scopes.filter((one) => !one.startsWith('VSCODE_')).join(' ');
  const { token } = entra.issueAccessToken({ app, account, directory, scope, claims: '' });
  return c.json({ token, accountId: `${account.objectId}.${account.home}` });
}
