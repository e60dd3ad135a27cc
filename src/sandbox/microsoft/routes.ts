import type { Context, Hono } from 'hono';
import { bearerToken } from '../parameters.ts';
import { authorizeRoutes } from './authorize.ts';
import { deviceRoutes } from './device.ts';
import { isIn } from './directory.ts';
import type { Entra } from './entra.ts';
import { isFor } from './grant.ts';
import { jsonReply } from './replies.ts';
import { tokenRoutes } from './token.ts';

/** Microsoft's sign-in service, and the one call of Azure Resource Manager that tells where an account may sign in. */
export function signInRoutes(app: Hono, entra: Entra): void {
  authorizeRoutes(app, entra);
  deviceRoutes(app, entra);
  tokenRoutes(app, entra);
  app.get('/tenants', (c) => listTenants(c, entra));
}

const pageSize = 2;

function listTenants(c: Context, entra: Entra): Response {
  const grant = entra.grantOf(bearerToken(c.req.header('authorization')) ?? '');
  if (!grant?.account || !isFor(grant, 'https://management.azure.com')) {
    const message = "The authentication failed because of missing 'Authorization' header or an unfit token.";
    return jsonReply({ error: { code: 'AuthenticationFailed', message } }, 401);
  }
  if (c.req.query('api-version') !== '2022-12-01') {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    return jsonReply({ error: { code: 'MissingApiVersionParameter', message } }, 400);
  }
  const { account } = grant;
  const found = entra.directories.filter(({ id }) => isIn(account, id));
  const skip = Number(c.req.query('$skiptoken') ?? 0);
  const value = found.slice(skip, skip + pageSize).map(({ id, name, domain }) => ({
    id: `/tenants/${id}`,
    tenantId: id,
    countryCode: 'DE',
    displayName: name,
    domains: [domain],
    tenantCategory: 'Home',
    defaultDomain: domain,
    tenantType: 'AAD',
  }));
  const next = `https://management.azure.com/tenants?api-version=2022-12-01&$skiptoken=${skip + pageSize}`;
  return jsonReply({ value, ...(skip + pageSize < found.length ? { nextLink: next } : {}) });
}
