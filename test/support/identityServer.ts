import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Provider } from 'oidc-provider';
import { createSandboxApp } from '../../src/sandbox/app.ts';
import { generateTenant } from '../../src/sandbox/generatedTenant.ts';
import type { SandboxTenant } from '../../src/sandbox/tenant.ts';

export interface IdentityServerOptions {
  /** Ports of the redirect URIs that the person's application has. */
  readonly ports?: readonly number[];
  /** Seconds that access tokens live. */
  readonly lifetime?: number;
  /** Of the API, as the applications are registered; any unless told otherwise. */
  readonly registered?: string;
}

export const person = { clientId: 'person-app', account: 'ana' };
export const application = { clientId: 'own-app', clientSecret: 'canary-client-secret-0123456789' };
export const organizationId = '11111111-2222-4333-8444-555555555555';

/** The organization whose API is served, to whoever has a token of the server. */
const organization: SandboxTenant = {
  ...generateTenant({ provider: 'uipath', groups: 4, membersPerGroup: 2, name: 'Robots' }),
  ...{ partitionGlobalId: organizationId, path: 'api' },
};

const scope = 'PM.Group.Read PM.User.Read PM.RobotAccount.Read PM.Group.Write';

/** A certified OAuth server in the place of UiPath's: the same paths, single-use refresh tokens, `prt_id` in its tokens. */
export interface IdentityServer {
  readonly origin: string;
  readonly oidc: Provider;
  /** Requests to the token endpoint, by grant type. */
  readonly grants: string[];
  /** Answers these instead, once each. */
  readonly faults: ((request: IncomingMessage, response: ServerResponse) => void)[];
  close(): Promise<void>;
}

export async function startIdentityServer(options: IdentityServerOptions = {}): Promise<IdentityServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const oidc = createProvider(`${origin}/identity_`, options);
  const grants: string[] = [];
  oidc.on('grant.success', (ctx) => grants.push(String(ctx.oidc.params?.grant_type)));
  oidc.on('grant.error', (ctx) => grants.push(`${String(ctx.oidc.params?.grant_type)} refused`));
  const signIn = oidc.callback();
  const faults: IdentityServer['faults'] = [];
  const api = apiOf(oidc.issuer);
  server.on('request', (request: IncomingMessage & { originalUrl?: string }, response: ServerResponse) => {
    const { url = '' } = request;
    if (url.startsWith('/identity_/') && !url.startsWith('/identity_/api')) {
      const fault = url.includes('/connect/token') ? faults.shift() : undefined;
      if (fault) return fault(request, response);
      request.originalUrl = url;
      request.url = url.slice('/identity_'.length);
      return void signIn(request, response);
    }
    void api(request, response);
  });
  return {
    origin,
    oidc,
    grants,
    faults,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function createProvider(
  issuer: string,
  { ports = [8104], lifetime = 3600, registered }: IdentityServerOptions,
): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: person.clientId,
        ...(registered === undefined ? {} : { scope: `openid profile offline_access ${registered}` }),
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: ports.map((port) => `http://localhost:${port}`),
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
      {
        client_id: application.clientId,
        ...(registered === undefined ? {} : { scope: registered }),
        client_secret: application.clientSecret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [],
        grant_types: ['client_credentials'],
        response_types: [],
      },
    ],
    scopes: ['openid', 'profile', 'offline_access', ...scope.split(' ')],
    routes: { authorization: '/connect/authorize', token: '/connect/token' },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    findAccount: async (_ctx, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, preferred_username: `${id}@robots.example` }),
    }),
    extraTokenClaims: async () => ({ prt_id: organizationId }),
    ttl: {
      AccessToken: lifetime,
      ClientCredentials: lifetime,
      RefreshToken: 86_400,
      Interaction: 600,
      Session: 600,
      Grant: 86_400,
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => 'urn:uipath',
        useGrantedResource: async () => true,
        getResourceServerInfo: async () => ({ scope, accessTokenFormat: 'jwt', accessTokenTTL: lifetime }),
      },
    },
    cookies: { keys: ['test'] },
  });
}

/** The organization's API, for tokens that this server has given: they are known by what they say. */
function apiOf(issuer: string): (request: IncomingMessage, response: ServerResponse) => unknown {
  const app = createSandboxApp([organization]);
  return getRequestListener(
    async (request) => {
      const { origin, pathname, search } = new URL(request.url);
      const isGood = isCurrent(request.headers.get('authorization')?.replace('Bearer ', '') ?? '', issuer);
      const headers = {
        authorization: isGood ? `Bearer ${organization.accessToken}` : 'Bearer none',
        'content-type': request.headers.get('content-type') ?? '',
      };
      const body = request.method === 'GET' ? {} : { body: await request.arrayBuffer() };
      const url = `${origin}/${organization.path}${pathname}${search}`;
      return app.fetch(new Request(url, { method: request.method, headers, ...body }));
    },
    { overrideGlobalObjects: false },
  );
}

function isCurrent(token: string, issuer: string): boolean {
  try {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
      string,
      unknown
    >;
    return claims.iss === issuer && Number(claims.exp) * 1000 > Date.now();
  } catch {
    return false;
  }
}

/** Ports that nobody listens on at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createTcpServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
