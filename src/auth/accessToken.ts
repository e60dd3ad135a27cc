import { AppError } from '../core/errors.ts';
import type { Translate } from '../core/text/translate.ts';
import type { SignIn } from './signIn.ts';
import type { TenantSecrets } from './tenantSecrets.ts';

export interface AccessTokenDeps {
  readonly secrets: TenantSecrets;
  readonly t: Translate;
  /** Whose tokens a provider takes. */
  identity(providerId: string): 'microsoft' | 'uipath' | undefined;
}

/** A token that the person gave; nothing can renew it. */
export function createAccessToken({ secrets, t, identity }: AccessTokenDeps): SignIn {
  return {
    token: async ({ id, provider }, rejected) => {
      const { accessToken } = (await secrets.read(id, rejected !== undefined)) ?? {};
      if (typeof accessToken !== 'string' || accessToken === '') {
        throw new AppError('notSignedIn', t('There is no access token for this tenant.'));
      }
      if (accessToken !== rejected?.token) return accessToken;
      throw new AppError(
        'notSignedIn',
        identity(provider) === 'uipath'
          ? t('A personal access token works for local users of the organization only, and until its end.')
          : t('A token that was entered cannot be renewed: enter another one, or sign in another way.'),
      );
    },
    signOut: ({ id }) => secrets.remove(id),
  };
}
