import type { MicrosoftDeps, MicrosoftSignIns } from '../../../../src/auth/microsoft/deps.ts';
import { createMicrosoftSignIns } from '../../../../src/auth/microsoft/signIns.ts';
import type { SignInTenant } from '../../../../src/auth/signIn.ts';
import { createTenantSecrets } from '../../../../src/auth/tenantSecrets.ts';
import { type ErrorKind, isAppError } from '../../../../src/core/errors.ts';
import type { SecretStore } from '../../../../src/core/secrets.ts';
import { providers } from '../../../../src/providers/index.ts';
import { memorySecrets } from '../../../support/core.ts';
import type { EntraServer } from '../../../support/entra.ts';

export interface Stage extends MicrosoftSignIns {
  readonly secrets: SecretStore;
  readonly problems: readonly unknown[];
  /** The tenants that are kept. */
  readonly tenants: SignInTenant[];
}

/** Microsoft's ways to sign in, as one window has them. */
export function stage(server: EntraServer, options: Partial<MicrosoftDeps> = {}): Stage {
  const secrets = options.secrets ?? memorySecrets();
  const problems: unknown[] = [];
  const tenants: SignInTenant[] = [];
  const signIns = createMicrosoftSignIns({
    send: server.send,
    secrets,
    tenantSecrets: createTenantSecrets(secrets),
    vscodeAccounts: {
      session: () => Promise.reject(new Error('There are no accounts of VS Code here.')),
      accounts: async () => [],
      onDidChange: () => ({ dispose: () => undefined }),
    },
    provider: (id) => providers.find((provider) => provider.id === id),
    tenants: () => tenants,
    onProblem: (problem) => problems.push(problem),
    t: (text) => text,
    ...options,
  });
  return { ...signIns, secrets, problems, tenants };
}

export const never = new AbortController().signal;

/** For assert.rejects: an AppError of the kind whose words match. */
export function isKind(kind: ErrorKind, words = /./) {
  return (error: unknown) => isAppError(error, kind) && words.test(error.message);
}
