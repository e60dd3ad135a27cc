import type { SecretStore } from '../core/auth/secrets.ts';
import type { ProviderRegistry } from '../core/provider/providerRegistry.ts';
import type { Tenants } from '../core/tenants/tenants.ts';
import { createLock } from './directoryLock.ts';
import { createSignIns, type SignInDeps } from './signIns.ts';
import { createSteadySecrets, type SteadySecretsOptions } from './steadySecrets.ts';
import { createTenantSecrets } from './tenantSecrets.ts';
import { createTenants, type TenantsDeps } from './tenants.ts';
import { createTokens, type Tokens } from './tokens.ts';

export interface AuthDeps
  extends Omit<TenantsDeps, 'tokens' | 'secrets' | 'findSignIn' | 'providers'>,
    Omit<SignInDeps, 'secrets' | 'secretStore' | 'reader' | 'writer' | 'provider' | 'lock'>,
    Pick<SteadySecretsOptions, 'log'> {
  readonly secretStore: SecretStore;
  readonly providers: ProviderRegistry;
  /** A folder that all windows share. */
  readonly lockFolder: string;
  /** The secret store failed; told once. */
  onSecretsFailure(): void;
}

/** Tenants and their tokens. */
export type Auth = Tenants & Tokens;

export function createAuth(deps: AuthDeps): Auth {
  const secretStore = createSteadySecrets(deps.secretStore, { onFailure: deps.onSecretsFailure, log: deps.log });
  const secrets = createTenantSecrets(secretStore);
  const { get: provider, all: providers } = deps.providers;
  const lock = createLock(deps.lockFolder);
  const findSignIn = createSignIns({ ...deps, provider, secrets, secretStore, lock });
  const tokens = createTokens({ findSignIn, reader: deps.reader, t: deps.t });
  return {
    ...createTenants({ ...deps, providers, secrets, findSignIn, tokens }),
    ...tokens,
  };
}
