import { AppError, isAppError } from '../../core/errors.ts';
import type { StoredConnection } from '../../core/model.ts';
import { isGuid } from '../../core/objectId.ts';
import { accountIn, claimsOf, textClaim } from '../claims.ts';
import type { Rejected, SignedIn, SignIn, SignInPrompts, SignInTenant } from '../signIn.ts';
import { type UiPathDeps, usualPatience } from './deps.ts';
import { type IdentityServer, identityServerOf } from './identityServer.ts';
import { listen } from './loopback.ts';
import { createOAuthClient, type Grant, generateRandomCodeVerifier, generateRandomState } from './oauth.ts';
import { organizationName } from './organization.ts';
import { isEnded, toRefusal } from './refusal.ts';
import { changing, isUnknownScope, withScopes } from './scopes.ts';
import type { OAuthSession } from './session.ts';
import { createSessions } from './sessions.ts';

/** A person signs in by the browser: authorization code with PKCE. */
export function createPerson(deps: UiPathDeps): SignIn {
  const { t, now = Date.now } = deps;
  const sessions = createSessions(deps);
  const renewals = new Map<string, Promise<string>>();
  /** Refresh tokens that will never be taken again, and what was said of them, by tenant: not sent for every listing. */
  const ended = new Map<string, { readonly refreshToken: string; readonly refusal: AppError }>();

  const serverOf = ({ connection, provider }: SignInTenant) => identityServerOf(connection, deps.provider(provider));
  const clientIdOf = ({ connection }: SignInTenant) => connection.clientId ?? '';

  /** Tokens of another address or application are nothing for this one. */
  function check(tenant: SignInTenant, session: OAuthSession): OAuthSession {
    if (session.server === serverOf(tenant).root && session.clientId === clientIdOf(tenant)) return session;
    throw new AppError('notSignedIn', t('The address or the application of the tenant was changed: sign in again.'));
  }

  async function renew(tenant: SignInTenant, rejected: Rejected | undefined): Promise<string> {
    const client = createOAuthClient(deps.send, serverOf(tenant), clientIdOf(tenant));
    const isGood = (session: OAuthSession) => now() < session.renewAt && session.accessToken !== rejected?.token;
    const renewed = await sessions.renewed(tenant.id, isGood, async (session) => {
      const { refreshToken, issuer } = check(tenant, session);
      if (refreshToken === undefined) throw new AppError('notSignedIn', t('The sign-in has ended: sign in again.'));
      const last = ended.get(tenant.id);
      if (last?.refreshToken === refreshToken) throw last.refusal;
      try {
        return await client.refresh(refreshToken, issuer);
      } catch (error) {
        const refusal = toRefusal(t, error, [refreshToken]);
        if (isEnded(error)) ended.set(tenant.id, { refreshToken, refusal });
        throw refusal;
      }
    });
    return check(tenant, renewed).accessToken;
  }

  /** Once for all who wait in this window. */
  function renewOnce(tenant: SignInTenant, rejected: Rejected | undefined): Promise<string> {
    const running = renewals.get(tenant.id) ?? renew(tenant, rejected).finally(() => renewals.delete(tenant.id));
    renewals.set(tenant.id, running);
    return running;
  }

  async function authorize(
    tenant: SignInTenant,
    apiScope: string,
    prompts: SignInPrompts,
    signal: AbortSignal,
  ): Promise<Grant> {
    const { redirectPorts: ports, sendsOrganization } = deps.uipath();
    const state = generateRandomState();
    const patience = deps.patience?.person ?? usualPatience.person;
    const loopback = await listen({ ports, state, patience, t }, signal);
    const codeVerifier = generateRandomCodeVerifier();
    let code: string | undefined;
    try {
      const request = {
        redirectUri: `http://localhost:${loopback.port}`,
        scope: `openid profile offline_access ${apiScope}`,
        state,
        codeVerifier,
        ...(sendsOrganization ? acrValuesOf(tenant.connection) : {}),
      };
      if (!(await isReached(prompts, request.redirectUri))) throw remote(deps);
      const client = createOAuthClient(deps.send, serverOf(tenant), clientIdOf(tenant), signal);
      if (!(await prompts.openBrowser(await client.authorizationUrl(request)))) {
        throw new AppError('cancelled', 'The browser was not opened.');
      }
      const callback = await loopback.callback;
      code = callback.get('code') ?? undefined;
      return await client.exchange(callback, request);
    } catch (error) {
      if (isUnknownScope(error)) throw error;
      throw toRefusal(t, error, [codeVerifier, ...(code ? [code] : [])]);
    } finally {
      loopback.close();
    }
  }

  return {
    token: async (tenant, rejected) => {
      const session = check(tenant, await sessions.newest(tenant.id));
      const isRejected = session.accessToken === rejected?.token;
      if (!isRejected && now() < session.renewAt) return session.accessToken;
      return renewOnce(tenant, rejected).catch((error: unknown) => {
        // Renewed ahead of time: until its end the token is good, whatever ails the sign-in service.
        if (!isRejected && now() < session.expiresAt && isPassing(error)) return session.accessToken;
        throw error;
      });
    },
    signIn: async (tenant, prompts, signal) => {
      const { changes } = tenant;
      const ask = (scope: string) => authorize(tenant, scope, prompts, signal);
      const grant = await withScopes(changes, ask).catch((error: unknown) => {
        const refusal = toRefusal(t, error, []);
        throw changes === 'needed' && isUnknownScope(error) ? cannotChange(deps, refusal) : refusal;
      });
      const server = serverOf(tenant);
      const signedIn = await describe(deps, server, grant, signal);
      // Last of all: whoever cancels before leaves nothing behind.
      await sessions.begin(tenant.id, grant, { server: server.root, clientId: clientIdOf(tenant) });
      return signedIn;
    },
    signOut: ({ id }) => sessions.end(id),
  };
}

/** Which organization's own sign-in page is wanted: it may be known by its name or by its id. */
function acrValuesOf({ organization, partitionGlobalId }: StoredConnection): { readonly acrValues?: string } {
  const known = organization || partitionGlobalId;
  return known ? { acrValues: `${isGuid(known) ? 'tenant' : 'tenantName'}:${known}` } : {};
}

/** Of the sign-in service: a fault of this computer's own store does not pass by waiting for the service. */
function isPassing(error: unknown): boolean {
  const kinds = ['offline', 'timeout', 'unavailable', 'throttled'] as const;
  return isAppError(error) && error.storeFault === undefined && kinds.some((kind) => error.kind === kind);
}

/** Redirect URIs are registered, so the browser must reach this very port by this very name. */
async function isReached({ isRemote, reach }: SignInPrompts, redirectUri: string): Promise<boolean> {
  if (!isRemote) return true;
  const { hostname, port, pathname } = new URL(await reach(redirectUri));
  return /^(localhost|127\.0\.0\.1)$/.test(hostname) && port === new URL(redirectUri).port && pathname === '/';
}

function cannotChange({ t }: UiPathDeps, { message, kind }: AppError): AppError {
  const words = t(
    'The external application may not ask for {0}, which changing needs. Add it to its user scopes first; the sign-in so far stays, for reading.',
    changing,
  );
  return new AppError(kind, `${words}\n\n${message}`);
}

function remote({ t }: UiPathDeps): AppError {
  return new AppError(
    'invalid',
    t(
      'In this remote window the browser cannot come back to VS Code. Sign in from a local window, or use a confidential application or a personal access token.',
    ),
  );
}

async function describe(
  deps: UiPathDeps,
  server: IdentityServer,
  { accessToken, identity }: Grant,
  signal: AbortSignal,
): Promise<SignedIn> {
  const claims = { ...(await claimsOf(accessToken)), ...identity };
  const partitionGlobalId = textClaim(claims, 'prt_id');
  const organization = await organizationName(deps.send, server, { accessToken, partitionGlobalId }, signal);
  const accountId = textClaim(claims, 'sub') ?? 'unknown';
  return {
    accountId,
    account: accountIn(claims) ?? accountId,
    ...(partitionGlobalId === undefined ? {} : { partitionGlobalId }),
    ...(organization === undefined ? {} : { organization }),
  };
}
