import { randomUUID } from 'node:crypto';
import type { TokenCheck } from '../tenantIdentity.ts';
import type { EntraAccount, EntraApp, EntraDescription, EntraDirectory } from './directory.ts';
import { type CodeGrant, type DeviceSignIn, type Grant, isFor } from './grant.ts';
import { accessTokenText } from './tokenText.ts';

/** Microsoft's sign-in service: its directories, and everything that it has given out. */
export interface Entra extends EntraDescription {
  readonly codes: Map<string, CodeGrant>;
  readonly devices: Map<string, DeviceSignIn>;
  /** By user code. */
  readonly deviceCodes: Map<string, string>;
  readonly refreshTokens: Map<string, Grant>;
  directory(name: string, account?: EntraAccount): EntraDirectory | undefined;
  app(clientId: string | undefined): EntraApp | undefined;
  account(userName: string | undefined): EntraAccount | undefined;
  issueAccessToken(grant: Grant): { readonly token: string; readonly lifetime: number };
  issueRefreshToken(grant: Grant): string;
  /** Whom a token was given to, while it is good. */
  grantOf(token: string): Grant | undefined;
  /** The check of a service in a directory. */
  check(directoryId: string, resource: string): TokenCheck;
  /** Ends every session of an account: its refresh tokens and access tokens are refused. */
  revoke(userName: string): void;
  /** Access tokens given out so far count as expired. */
  expireAccessTokens(): void;
  /** From now on the services of a directory take only tokens that were asked for with these claims. */
  demand(directoryId: string, claims: string, isSilentlyMet?: boolean): void;
  readonly demands: Map<string, { readonly claims: string; readonly isSilentlyMet: boolean }>;
}

export function createEntra(description: EntraDescription): Entra {
  const given = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>();
  const entra: Entra = {
    ...description,
    codes: new Map(),
    devices: new Map(),
    deviceCodes: new Map(),
    refreshTokens: new Map(),
    demands: new Map(),
    directory: (name, account) => {
      const wanted = ['organizations', 'common'].includes(name) ? account?.home : name.toLowerCase();
      return description.directories.find(({ id, domain }) => id === wanted || domain === wanted);
    },
    app: (clientId) => description.apps.find((app) => app.clientId === clientId),
    account: (userName) => description.accounts.find((account) => account.userName === userName),
    issueAccessToken: (grant) => {
      const lifetime = description.tokenLifetime ?? 3600;
      const token = accessTokenText(grant, lifetime);
      given.set(token, { grant, expiresAt: Date.now() + lifetime * 1000 });
      return { token, lifetime };
    },
    issueRefreshToken: (grant) => {
      const token = `1.${randomUUID()}.${randomUUID()}`;
      entra.refreshTokens.set(token, grant);
      return token;
    },
    grantOf: (token) => {
      const found = given.get(token);
      return found && found.expiresAt > Date.now() ? found.grant : undefined;
    },
    check: (directoryId, resource) => (token) => {
      const found = given.get(token);
      if (!found || found.grant.directory.id !== directoryId || !isFor(found.grant, resource)) return 'invalid';
      if (found.expiresAt <= Date.now()) return 'expired';
      const demand = entra.demands.get(directoryId);
      return demand && found.grant.claims !== demand.claims ? { claims: demand.claims } : 'accepted';
    },
    revoke: (userName) => {
      for (const tokens of [entra.refreshTokens, given]) {
        for (const [token, value] of tokens) {
          const { account } = 'grant' in value ? value.grant : value;
          if (account?.userName === userName) tokens.delete(token);
        }
      }
    },
    expireAccessTokens: () => {
      for (const [token, { grant }] of given) given.set(token, { grant, expiresAt: 0 });
    },
    demand: (directoryId, claims, isSilentlyMet = false) => {
      entra.demands.set(directoryId, { claims, isSilentlyMet });
    },
  };
  return entra;
}
