import type { VsCodeAccount, VsCodeSession, VsCodeSessionRequest } from '../../core/auth/vscodeAccounts.ts';
import { AppError, isAppError } from '../../core/errors.ts';
import type { Translate } from '../../core/text/translate.ts';
import { claimsOf, textClaim } from '../claims.ts';
import type { SignedIn, SignIn, SignInTenant } from '../signIn.ts';
import { directoryList, type MicrosoftService, microsoftService, type Wanted } from './clouds.ts';
import { listDirectories, notPermitted } from './directories.ts';
import { refused } from './refusal.ts';
import type { SessionDeps } from './sessions.ts';
import { sleep } from './sleep.ts';
import { whenAborted } from './whenAborted.ts';

/** VS Code's provider is known to hang at times; a person may take longer. */
const longest = { silent: 30_000, inPerson: 5 * 60_000 };

/** VS Code's own Microsoft accounts: nothing to set up. VS Code keeps the secrets. */
export function createVsCodeAccount(deps: SessionDeps): SignIn {
  /** What a service refused last, by tenant: a sign-in must bring something else. */
  const refusals = new Map<string, { readonly token: string; readonly claims?: string }>();

  /** VS Code's answer, if it comes in time. @throws AppError */
  async function answered<T>(
    asked: Promise<T>,
    service: MicrosoftService,
    isSilent: boolean,
    signal: AbortSignal,
  ): Promise<T> {
    const timer = new AbortController();
    const late = new AbortController();
    const end = () =>
      late.abort(new AppError('timeout', deps.t("VS Code's Microsoft sign-in did not answer in time.")));
    (deps.sleep ?? sleep)(isSilent ? longest.silent : longest.inPerson, timer.signal).then(end, () => undefined);
    try {
      return await Promise.race([asked, whenAborted(AbortSignal.any([signal, late.signal]))]);
    } catch (error) {
      throw isAppError(error) ? error : failure(deps.t, error, service, isSilent);
    } finally {
      timer.abort();
    }
  }

  function session(
    service: MicrosoftService,
    request: Omit<VsCodeSessionRequest, 'provider'>,
    signal: AbortSignal,
  ): Promise<VsCodeSession | undefined> {
    const asked = deps.vscodeAccounts.session({ ...request, provider: providerOf(service) });
    return answered(asked, service, request.ask === 'never', signal);
  }

  async function accountOf(
    tenant: SignInTenant,
    service: MicrosoftService,
    signal: AbortSignal,
  ): Promise<VsCodeAccount | undefined> {
    if (tenant.accountId === undefined) return undefined;
    const accounts = await answered(deps.vscodeAccounts.accounts(providerOf(service)), service, true, signal);
    return accounts.find(({ id }) => id === tenant.accountId);
  }

  async function silent(
    tenant: SignInTenant,
    wanted: (service: MicrosoftService) => Wanted,
    claims?: string,
    signal = new AbortController().signal,
  ): Promise<string> {
    const tenantService = serviceOf(deps, tenant);
    const service = { ...tenantService, ...wanted(tenantService) };
    if (tenant.accountId === undefined)
      throw new AppError('notSignedIn', deps.t('Nobody is signed in to this tenant.'));
    const account = await accountOf(tenant, service, signal);
    if (!account)
      throw new AppError('notSignedIn', deps.t('The account is not signed in to VS Code any more. Sign in again.'));
    const demand = claims === undefined ? {} : { claims };
    const found = await session(service, { scopes: service.scopes, account, ask: 'never', ...demand }, signal);
    // Never another account without a word.
    if (found?.account.id === tenant.accountId) return found.accessToken;
    throw new AppError('notSignedIn', deps.t('VS Code has no session for this tenant and account. Sign in.'));
  }

  return {
    token: async (tenant, rejected) => {
      const owner = providerOf(serviceOf(deps, tenant));
      const heldKey = JSON.stringify([tenant.id, tenant.accountId, tenant.connection]);
      const held = deps.held.get(owner, heldKey);
      if (held !== undefined && held !== rejected?.token) return held;
      if (rejected) refusals.set(tenant.id, rejected);
      const token = await silent(tenant, (service) => inDirectory(service, tenant), rejected?.claims);
      if (token === rejected?.token) {
        throw new AppError('notSignedIn', deps.t("The service refuses the token of VS Code's account. Sign in again."));
      }
      refusals.delete(tenant.id);
      deps.held.set(owner, heldKey, token, null);
      return token;
    },
    signIn: async (tenant, _, signal) => {
      const service = serviceOf(deps, tenant);
      const account = await accountOf(tenant, service, signal);
      const refusal = refusals.get(tenant.id);
      const request = {
        scopes: inDirectory(service, tenant).scopes,
        ...(account ? { account } : {}),
        ...(refusal?.claims === undefined ? {} : { claims: refusal.claims }),
      };
      let found = await session(service, { ...request, ask: 'ifNeeded' }, signal);
      if (found && found.accessToken === refusal?.token) {
        found = await session(service, { ...request, ask: 'always' }, signal);
      }
      if (!found) throw new AppError('cancelled', 'Nobody signed in.');
      if (account && found.account.id !== account.id) throw notTheAccount(deps.t, account, found.account);
      refusals.delete(tenant.id);
      return signedIn(found, tenant);
    },
    // VS Code's account is the person's, not ours to sign out.
    signOut: async (tenant) => {
      refusals.delete(tenant.id);
      deps.held.forget(providerOf(serviceOf(deps, tenant)));
    },
    directories: async (tenant, signal) => {
      const { arm } = serviceOf(deps, tenant);
      try {
        return await listDirectories(deps, arm, await silent(tenant, directoryList, undefined, signal), signal);
      } catch (error) {
        throw notPermitted(deps.t, error);
      }
    },
  };
}

function serviceOf(deps: SessionDeps, tenant: SignInTenant): MicrosoftService {
  return microsoftService(deps.t, tenant.connection, deps.provider(tenant.provider));
}

function providerOf({ cloud }: MicrosoftService): string {
  return cloud === 'public' || cloud === 'usGov' ? 'microsoft' : 'microsoft-sovereign-cloud';
}

function inDirectory({ scopes, permissions }: Wanted, { connection: { directoryId } }: SignInTenant): Wanted {
  return { scopes: directoryId === undefined ? scopes : [...scopes, `VSCODE_TENANT:${directoryId}`], permissions };
}

async function signedIn({ account, accessToken }: VsCodeSession, { connection }: SignInTenant): Promise<SignedIn> {
  const directoryId = textClaim(await claimsOf(accessToken), 'tid') ?? connection.directoryId;
  return { accountId: account.id, account: account.label, ...(directoryId === undefined ? {} : { directoryId }) };
}

/** Never another account without a word. */
function notTheAccount(t: Translate, wanted: VsCodeAccount, other: VsCodeAccount): AppError {
  const words = t(
    'This tenant is used with the account {0}, but {1} signed in. To change the account, sign out of the tenant first.',
    wanted.label,
    other.label,
  );
  return new AppError('invalid', words);
}

/** VS Code tells what happened in words only. */
function failure(t: Translate, error: unknown, service: MicrosoftService, isSilent: boolean): AppError {
  const said = error instanceof Error ? error.message : String(error);
  if (/AADSTS\d+/.test(said)) {
    const description = said.slice(said.indexOf('AADSTS'));
    return refused(
      t,
      { error: 'invalid_grant', description },
      isSilent ? 'silent' : 'interactive',
      service.permissions,
    );
  }
  if (/cancel|did not consent/i.test(said)) return new AppError('cancelled', 'The sign-in was cancelled.');
  if (providerOf(service) !== 'microsoft') {
    const words = t(
      'VS Code has no Microsoft sign-in for this cloud: choose it by the setting “microsoft-sovereign-cloud.environment”, then sign in again.',
    );
    return new AppError('invalid', words);
  }
  return new AppError(
    isSilent ? 'notSignedIn' : 'unavailable',
    t("VS Code's Microsoft sign-in failed. The log of VS Code's Microsoft Authentication says more."),
  );
}
