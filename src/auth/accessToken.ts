import { AppError } from '../core/errors.ts';
import type { SignIn } from './signIn.ts';
import type { TenantSecrets } from './tenantSecrets.ts';

/** A token that the person gave; nothing can renew it. */
export function createAccessToken(secrets: TenantSecrets): SignIn {
  return {
    token: async ({ id }, rejected) => {
      const { accessToken } = (await secrets.read(id, rejected !== undefined)) ?? {};
      if (typeof accessToken === 'string' && accessToken !== '') return accessToken;
      throw new AppError('notSignedIn', 'There is no access token for this tenant.');
    },
    signOut: ({ id }) => secrets.remove(id),
  };
}
