import { AppError, isAppError } from '../../core/errors.ts';
import { isGuid } from '../../core/objectId.ts';
import type { Translate } from '../../core/text/translate.ts';
import type { Rejected, SignInTenant } from '../signIn.ts';
import { type AccountCache, accountKey } from './accountCache.ts';
import type { AccountSecret } from './cacheText.ts';
import { type MicrosoftService, microsoftService, type Wanted } from './clouds.ts';
import type { MicrosoftDeps } from './deps.ts';
import type { HeldTokens } from './heldTokens.ts';
import { publicApp } from './msalApp.ts';
import { createNetwork } from './network.ts';
import { operation } from './operation.ts';
import type { Sequencer } from './sequencer.ts';

export interface SessionDeps extends MicrosoftDeps {
  readonly cache: AccountCache;
  readonly held: HeldTokens;
  readonly inTurn: Sequencer;
}

/** An account of a tenant, as far as it can be found without asking anybody. */
export interface Account {
  /** Of its secret. */
  readonly key: string;
  readonly id: string;
  readonly clientId: string;
  readonly service: MicrosoftService;
}

/** @throws AppError `notSignedIn` for a tenant that nobody has signed in to */
export function accountOf(deps: MicrosoftDeps, tenant: SignInTenant): Account {
  const service = microsoftService(deps.t, tenant.connection, deps.provider(tenant.provider));
  const { accountId } = tenant;
  if (accountId === undefined) throw new AppError('notSignedIn', deps.t('Nobody is signed in to this tenant.'));
  const clientId = clientIdOf(deps.t, tenant);
  return { key: accountKey(service.cloud, clientId, accountId), id: accountId, clientId, service };
}

/** @throws AppError `invalid` */
export function clientIdOf(t: Translate, { connection }: SignInTenant): string {
  if (connection.clientId) return connection.clientId;
  throw new AppError('invalid', t('The connection needs the id of an app registration (clientId).'));
}

export interface SilentRequest {
  /** Id or domain; the account's home unless told otherwise. */
  readonly directory?: string | undefined;
  readonly wanted: Wanted;
  readonly rejected?: Rejected | undefined;
  readonly signal?: AbortSignal;
}

/**
 * A token by what the account's secret holds. Those who wait for one account wait in turn, so the second finds what
 * the first has got.
 * @throws AppError `notSignedIn` when a person is needed
 */
export function silentToken(deps: SessionDeps, account: Account, asked: SilentRequest): Promise<string> {
  const heldKey = JSON.stringify([asked.directory, ...asked.wanted.scopes]);
  const token = asked.rejected ? undefined : deps.held.get(account.key, heldKey);
  if (token !== undefined) return Promise.resolve(token);
  return deps.inTurn(account.key, async () => {
    let secret = await deps.cache.read(account.key);
    for (let isAgain = false; ; isAgain = true) {
      if (!secret) throw new AppError('notSignedIn', deps.t('The account is not signed in any more. Sign in again.'));
      const { result, error, after } = await acquire(deps, account, asked, secret);
      const kept = after ? await deps.cache.write(account.key, secret, after) : await deps.cache.read(account.key);
      if (result) {
        // Signed out in another window while the token was on its way.
        if (!kept) throw new AppError('notSignedIn', deps.t('The account was signed out in another window.'));
        deps.held.set(account.key, heldKey, result.accessToken, result.expiresOn);
        return result.accessToken;
      }
      const isOthers = kept !== undefined && kept.tokens !== secret.tokens && kept.tokens !== after?.tokens;
      if (isAgain || !isOthers || !isAppError(error, 'notSignedIn')) throw error;
      // Another window has renewed what was refused here: theirs, once.
      secret = kept;
    }
  });
}

interface Acquired {
  readonly result?: { readonly accessToken: string; readonly expiresOn: Date | null };
  readonly error?: unknown;
  /** What the account's secret is to become. */
  readonly after?: Omit<AccountSecret, 'signedInAt'>;
}

async function acquire(
  deps: SessionDeps,
  account: Account,
  { directory, wanted, rejected, signal = new AbortController().signal }: SilentRequest,
  secret: AccountSecret,
): Promise<Acquired> {
  const { service, clientId } = account;
  const network = createNetwork(deps, signal);
  const home = account.id.split('.')[1] ?? '';
  const name = directory ?? home;
  const authority = `${service.authority}/${name}`;
  const app = await publicApp({ clientId, authority, network });
  const tokenCache = app.getTokenCache();
  tokenCache.deserialize(secret.tokens);
  const found = await tokenCache.getAccountByHomeId(account.id);
  if (!found) return { error: new AppError('notSignedIn', deps.t('The account is not signed in. Sign in again.')) };
  const ask = (renewed: { claims?: string; forceRefresh?: boolean }) => {
    const whose = { ...found, tenantId: isGuid(name) ? name : (secret.directories[name] ?? name) };
    return operation(
      deps.t,
      () => app.acquireTokenSilent({ account: whose, authority, scopes: [...wanted.scopes], ...renewed }),
      network,
      { attempt: 'silent', permissions: wanted.permissions, signal },
    );
  };
  try {
    let result = await ask({});
    if (result.accessToken === rejected?.token) {
      result = await ask(rejected.claims === undefined ? { forceRefresh: true } : { claims: rejected.claims });
    }
    const directories = isGuid(name) ? {} : { [name]: result.tenantId };
    const after = { tokens: tokenCache.serialize(), directories };
    if (result.accessToken !== rejected?.token) return { result, after };
    return {
      error: new AppError('notSignedIn', deps.t('The service refuses the token, and there is no other.')),
      after,
    };
  } catch (error) {
    // MSAL has taken out what Microsoft will never accept again.
    return { error, after: { tokens: tokenCache.serialize(), directories: {} } };
  }
}
