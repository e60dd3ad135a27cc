import type { MicrosoftDeps } from '../../../../src/auth/microsoft/deps.ts';
import { createMicrosoftSignIns, type MicrosoftSignIns } from '../../../../src/auth/microsoft/signIns.ts';
import type { SignInTenant } from '../../../../src/auth/signIn.ts';
import { createSteadySecrets } from '../../../../src/auth/steadySecrets.ts';
import { createTenantSecrets } from '../../../../src/auth/tenantSecrets.ts';
import type { SecretStore } from '../../../../src/core/auth/secrets.ts';
import { type ErrorKind, isAppError } from '../../../../src/core/errors.ts';
import { silentLogger } from '../../../../src/core/logger.ts';
import { providers } from '../../../../src/providers/index.ts';
import { memorySecrets, noAccounts } from '../../../support/core.ts';
import type { EntraServer } from '../../../support/entra.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';

export interface Stage extends MicrosoftSignIns {
  readonly secrets: SecretStore;
  /** How often it was told that secrets cannot be kept. */
  readonly failures: () => number;
  /** The tenants that are kept. */
  readonly tenants: SignInTenant[];
}

/** Microsoft's ways to sign in, as one window has them. */
export function stage(server: EntraServer, options: Partial<MicrosoftDeps> = {}): Stage {
  const shared = options.secrets ?? memorySecrets();
  let failures = 0;
  const onFailure = () => {
    failures += 1;
  };
  const secrets = createSteadySecrets(shared, { onFailure, log: silentLogger });
  const tenants: SignInTenant[] = [];
  const signIns = createMicrosoftSignIns({
    send: server.send,
    tenantSecrets: createTenantSecrets(secrets),
    vscodeAccounts: noAccounts,
    provider: (id) => providers.find((provider) => provider.id === id),
    tenants: () => tenants,
    t: translate,
    ...options,
    secrets,
  });
  return { ...signIns, secrets: shared, failures: () => failures, tenants };
}

export const never = new AbortController().signal;

/** For assert.rejects: an AppError of the kind whose words match. */
export function isKind(kind: ErrorKind, words = /./) {
  return (error: unknown) => isAppError(error, kind) && words.test(error.message);
}
