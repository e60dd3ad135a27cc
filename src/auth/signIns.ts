import type { SecretStore } from '../core/auth/secrets.ts';
import type { VsCodeAccounts } from '../core/auth/vscodeAccounts.ts';
import { AppError } from '../core/errors.ts';
import { loadOnce } from '../core/loadOnce.ts';
import type { StoredConnection } from '../core/model.ts';
import { isServiceProvider } from '../core/provider/provider.ts';
import type { StoreReader } from '../core/store.ts';
import { createAccessToken } from './accessToken.ts';
import type { SignIn } from './signIn.ts';
import { signInTenant } from './signInTenant.ts';
import type { UiPathDeps } from './uipath/deps.ts';

/** The way of signing in that a connection names. @throws AppError `invalid` where there is none */
export type FindSignIn = (connection: StoredConnection) => Promise<SignIn>;

export interface SignInDeps extends UiPathDeps {
  /** Where what belongs to accounts, not to tenants, is kept. */
  readonly secretStore: SecretStore;
  readonly reader: StoreReader;
  readonly vscodeAccounts: VsCodeAccounts;
}

type SignIns = Readonly<Record<string, SignIn>>;

/** Every way of signing in; all but the plain token are loaded when first used. */
export function createSignIns(deps: SignInDeps): FindSignIn {
  const identity = (providerId: string) => {
    const provider = deps.provider(providerId);
    return provider && isServiceProvider(provider) ? provider.identity : undefined;
  };
  const accessToken = createAccessToken({ ...deps, identity });
  const own = {
    microsoft: loadOnce<SignIns>(() => loadMicrosoft(deps)),
    uipath: loadOnce<SignIns>(() => loadUiPath(deps)),
  };
  return async ({ provider, signIn }) => {
    if (signIn === 'accessToken') return accessToken;
    const whose = identity(provider);
    if (whose !== undefined) {
      const found = (await own[whose].get())[signIn];
      if (found) return found;
    }
    throw new AppError('invalid', `There is no way to sign in called “${signIn}”.`);
  };
}

async function loadMicrosoft({ secrets, secretStore, reader, send, provider, vscodeAccounts, t }: SignInDeps) {
  const { createMicrosoftSignIns } = await import('./microsoft/signIns.ts');
  const tenants = () => reader.tenants().filter(({ isSignedOut }) => !isSignedOut);
  return {
    ...createMicrosoftSignIns({
      send,
      secrets: secretStore,
      tenantSecrets: secrets,
      vscodeAccounts,
      provider,
      tenants: () => tenants().map(signInTenant),
      t,
    }),
  };
}

async function loadUiPath(deps: SignInDeps): Promise<SignIns> {
  const { createUiPathSignIns } = await import('./uipath/signIns.ts');
  return { ...createUiPathSignIns(deps) };
}
