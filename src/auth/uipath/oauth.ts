import * as oauth from 'oauth4webapi';
import type { Send } from '../../core/http/http.ts';
import { fetchBySend } from './fetchBySend.ts';
import type { IdentityServer } from './identityServer.ts';

/** Clocks that differ by less do not keep anybody from signing in. */
const clockTolerance = 15 * 60;

/** What a token endpoint granted. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** Seconds. */
  readonly lifetime: number;
  readonly issuer: string;
  /** Of the person, where the service tells: unverified but for issuer and audience. */
  readonly identity: Readonly<Record<string, unknown>>;
}

/** The OAuth 2 conversation with one identity server, for one application. Its errors are oauth4webapi's, or AppErrors. */
export interface OAuthClient {
  authorizationUrl(request: AuthorizationRequest): Promise<string>;
  /** @param callback as it came to the redirect URI; its state and issuer are checked */
  exchange(callback: URLSearchParams, request: AuthorizationRequest): Promise<Grant>;
  /** @param issuer as the grant that brought the refresh token named it */
  refresh(refreshToken: string, issuer: string): Promise<Grant>;
  /** As the application itself. */
  ownToken(clientSecret: string, scope: string): Promise<Grant>;
}

export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string;
  readonly codeVerifier: string;
  readonly acrValues?: string;
}

export const { generateRandomState, generateRandomCodeVerifier } = oauth;

export function createOAuthClient(
  send: Send,
  { root }: IdentityServer,
  clientId: string,
  signal?: AbortSignal,
): OAuthClient {
  const options = {
    [oauth.customFetch]: fetchBySend(send, signal),
    // Endpoints were checked: plain http is of this machine.
    [oauth.allowInsecureRequests]: true,
  };
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: clockTolerance };
  const endpoints = {
    authorization_endpoint: `${root}/connect/authorize`,
    token_endpoint: `${root}/connect/token`,
  };
  /** Who says to be the issuer; where nobody says, the server's own address is. The endpoints are known. */
  async function discover(): Promise<oauth.AuthorizationServer> {
    try {
      const url = `${root}/.well-known/openid-configuration`;
      const reply = await fetchBySend(send, signal)(url, { method: 'GET', headers: {} });
      const found: unknown = reply.ok ? await reply.json() : undefined;
      const { issuer, authorization_response_iss_parameter_supported: hasIss } = (found ?? {}) as Record<
        string,
        unknown
      >;
      if (typeof issuer === 'string' && URL.canParse(issuer) && new URL(issuer).origin === new URL(root).origin) {
        return {
          issuer,
          ...endpoints,
          ...(hasIss === true ? { authorization_response_iss_parameter_supported: true } : {}),
        };
      }
    } catch (error) {
      if (signal?.aborted) throw error;
    }
    return { issuer: root, ...endpoints };
  }

  return {
    authorizationUrl: async ({ redirectUri, scope, state, codeVerifier, acrValues }) => {
      const url = new URL(endpoints.authorization_endpoint);
      const parameters = {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        ...(acrValues === undefined ? {} : { acr_values: acrValues }),
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url.href;
    },
    exchange: async (callback, { redirectUri, codeVerifier, state }) => {
      const as = await discover();
      const checked = oauth.validateAuthResponse(as, client, callback, state);
      const response = await oauth.authorizationCodeGrantRequest(
        as,
        client,
        oauth.None(),
        checked,
        redirectUri,
        codeVerifier,
        options,
      );
      return toGrant(as, await oauth.processAuthorizationCodeResponse(as, client, response));
    },
    refresh: async (refreshToken, issuer) => {
      const as = { issuer, ...endpoints };
      const response = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), refreshToken, options);
      return toGrant(as, await oauth.processRefreshTokenResponse(as, client, response));
    },
    ownToken: async (clientSecret, scope) => {
      const as = { issuer: root, ...endpoints };
      const auth = oauth.ClientSecretPost(clientSecret);
      const response = await oauth.clientCredentialsGrantRequest(as, client, auth, { scope }, options);
      return toGrant(as, await oauth.processClientCredentialsResponse(as, client, response));
    },
  };
}

function toGrant({ issuer }: oauth.AuthorizationServer, reply: oauth.TokenEndpointResponse): Grant {
  return {
    accessToken: reply.access_token,
    ...(reply.refresh_token === undefined ? {} : { refreshToken: reply.refresh_token }),
    lifetime: reply.expires_in ?? 3600,
    issuer,
    identity: oauth.getValidatedIdTokenClaims(reply) ?? {},
  };
}
