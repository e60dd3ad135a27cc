import { isAppError } from '../../core/errors.ts';
import type { SignIn, SignInTenant } from '../signIn.ts';
import { withoutDirectory } from './cacheText.ts';
import { directoryList } from './clouds.ts';
import { listDirectories, notPermitted } from './directories.ts';
import { type Account, accountOf, type SessionDeps, silentToken } from './sessions.ts';
import { signInInPerson } from './signInInPerson.ts';

/** Signing in with an app registration of one's own: by the browser, or by a code that is entered anywhere. */
export function createOwnApp(deps: SessionDeps, preferred: 'browser' | 'code'): SignIn {
  /** Claims that a service demanded and that only a person can meet, by tenant. */
  const demanded = new Map<string, string>();

  async function leave(tenant: SignInTenant, account: Account): Promise<void> {
    deps.held.forget(account.key);
    await deps.inTurn(account.key, () => forget(deps, tenant, account));
    deps.held.forget(account.key);
  }

  return {
    token: async (tenant, rejected) => {
      const account = accountOf(deps, tenant);
      try {
        return await silentToken(deps, account, {
          directory: tenant.connection.directoryId,
          wanted: account.service,
          rejected,
        });
      } catch (error) {
        if (rejected?.claims !== undefined && isAppError(error, 'notSignedIn'))
          demanded.set(tenant.id, rejected.claims);
        throw error;
      }
    },
    signIn: async (tenant, prompts, signal) => {
      // The browser of another machine does not reach a listener here.
      const way = prompts.isRemote ? 'code' : preferred;
      const signedIn = await signInInPerson(deps, tenant, way, demanded.get(tenant.id), prompts, signal);
      demanded.delete(tenant.id);
      return signedIn;
    },
    signOut: async (tenant) => {
      demanded.delete(tenant.id);
      if (tenant.accountId !== undefined) await leave(tenant, accountOf(deps, tenant));
    },
    leave: async (before, now) => {
      if (before.accountId === undefined) return;
      const account = accountOf(deps, before);
      if (keyOf(deps, now) !== account.key) await leave(before, account);
    },
    directories: async (tenant, signal) => {
      const account = accountOf(deps, tenant);
      const { arm } = account.service;
      try {
        const token = await silentToken(deps, account, { wanted: directoryList(account.service), signal });
        return await listDirectories(deps, arm, token, signal);
      } catch (error) {
        throw notPermitted(deps.t, error);
      }
    },
  };
}

/** Forgets the account, or what it holds for this tenant's directory alone when another tenant uses it. */
async function forget(deps: SessionDeps, tenant: SignInTenant, account: Account): Promise<void> {
  const others = deps.tenants().filter((other) => other.id !== tenant.id && keyOf(deps, other) === account.key);
  if (others.length === 0) return deps.cache.forget(account.key);
  const secret = await deps.cache.read(account.key);
  if (!secret) return;
  const realm = ({ connection: { directoryId } }: SignInTenant): string | undefined =>
    directoryId === undefined ? account.id.split('.')[1] : (secret.directories[directoryId] ?? directoryId);
  const own = realm(tenant);
  if (own === undefined || others.some((other) => realm(other) === own)) return;
  await deps.cache.write(account.key, secret, { ...secret, tokens: withoutDirectory(secret.tokens, own) });
}

function keyOf(deps: SessionDeps, tenant: SignInTenant): string | undefined {
  try {
    return accountOf(deps, tenant).key;
  } catch {
    // It signs in by another service, or not at all.
    return undefined;
  }
}
