import { AppError } from '../core/errors.ts';
import type { Disposable } from '../core/event.ts';
import type { SecretStore } from '../core/secrets.ts';

/** Access tokens that the user gave, one secret a tenant. */
export interface Tokens extends Disposable {
  /**
   * @param rejected the token that the service has just refused: then the secret is read anew, for another window may
   * have replaced it
   * @throws AppError `notSignedIn`
   */
  get(tenantId: string, rejected?: string): Promise<string>;
  set(tenantId: string, accessToken: string): Promise<void>;
  delete(tenantId: string): Promise<void>;
}

export function createTokens(secrets: SecretStore): Tokens {
  const held = new Map<string, string>();
  const watch = secrets.onDidChange((key) => held.delete(key));

  async function read(key: string): Promise<string> {
    const token = accessTokenIn(await secrets.get(key));
    if (token === undefined) throw new AppError('notSignedIn', 'There is no access token for this tenant.');
    held.set(key, token);
    return token;
  }

  return {
    get: async (tenantId, rejected) => {
      const key = keyOf(tenantId);
      const token = rejected === undefined ? held.get(key) : undefined;
      return token ?? read(key);
    },
    set: async (tenantId, accessToken) => {
      const key = keyOf(tenantId);
      held.delete(key);
      const value = JSON.stringify({ accessToken });
      if ((await secrets.get(key)) !== value) await secrets.set(key, value);
    },
    delete: async (tenantId) => {
      held.delete(keyOf(tenantId));
      await secrets.delete(keyOf(tenantId));
    },
    dispose: () => {
      watch.dispose();
      held.clear();
    },
  };
}

function keyOf(tenantId: string): string {
  return `tenant:${tenantId}`;
}

/** Our own secret, checked as if it were not: an older version or a damaged store may have written it. */
function accessTokenIn(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    const { accessToken } = JSON.parse(value) as { accessToken?: unknown };
    return typeof accessToken === 'string' && accessToken !== '' ? accessToken : undefined;
  } catch {
    return undefined;
  }
}
