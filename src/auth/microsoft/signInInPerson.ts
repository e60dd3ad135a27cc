import type { AuthenticationResult } from '@azure/msal-node';
import { AppError } from '../../core/errors.ts';
import type { SignedIn, SignInPrompts, SignInTenant } from '../signIn.ts';
import { accountKey } from './accountCache.ts';
import { microsoftService } from './clouds.ts';
import { patient, signInByCode } from './deviceCode.ts';
import { signInByBrowser } from './interactive.ts';
import { publicApp } from './msalApp.ts';
import { createNetwork, type Network } from './network.ts';
import { operation } from './operation.ts';
import { clientIdOf, type SessionDeps } from './sessions.ts';
import { sleep } from './sleep.ts';

/** A sign-in that has not ended by then ends. */
const longest = 5 * 60_000;

/** Signs in with the tenant's app registration, by the browser or by a code, and keeps what the account got. */
export async function signInInPerson(
  deps: SessionDeps,
  tenant: SignInTenant,
  way: 'browser' | 'code',
  claims: string | undefined,
  prompts: SignInPrompts,
  signal: AbortSignal,
): Promise<SignedIn> {
  const service = microsoftService(deps.t, tenant.connection, deps.provider(tenant.provider));
  const clientId = clientIdOf(deps.t, tenant);
  const { directoryId } = tenant.connection;
  const wait = deps.sleep ?? sleep;
  const timer = new AbortController();
  const late = new AbortController();
  const ended = AbortSignal.any([signal, late.signal]);
  // A code has its own end, which the service tells.
  if (way === 'browser') {
    const end = () => late.abort(new AppError('timeout', deps.t('Nobody signed in within 5 minutes. Sign in again.')));
    wait(longest, timer.signal).then(end, () => undefined);
  }
  const bare = createNetwork(deps, ended);
  const network: Network = way === 'code' ? patient(bare, wait, ended) : bare;
  const wanted = tenant.changes === 'needed' ? service.toChange : service;
  const asked = { scopes: [...wanted.scopes], ...(claims === undefined ? {} : { claims }) };
  try {
    const authority = `${service.authority}/${directoryId ?? 'organizations'}`;
    const app = await publicApp({ clientId, authority, network });
    const result = await operation<AuthenticationResult>(
      deps.t,
      () =>
        way === 'code' ? signInByCode(app, asked, prompts, ended) : signInByBrowser(app, asked, prompts, deps.t, ended),
      network,
      { attempt: 'interactive', permissions: wanted.permissions, signal },
    );
    const { account, tenantId } = result;
    if (!account) throw new AppError('badResponse', deps.t('The sign-in service did not say who signed in.'));
    const key = accountKey(service.cloud, clientId, account.homeAccountId);
    const directories = directoryId === undefined ? {} : { [directoryId]: tenantId };
    const tokens = app.getTokenCache().serialize();
    await deps.inTurn(key, () => deps.cache.signedIn(key, { tokens, directories }));
    deps.held.forget(key);
    return {
      accountId: account.homeAccountId,
      account: account.username || (account.name ?? ''),
      directoryId: tenantId,
    };
  } finally {
    timer.abort();
  }
}
