import { AppError } from '../core/errors.ts';
import type { TenantRecord } from '../core/model.ts';
import type { Translate } from '../core/text/translate.ts';
import type { Rejected } from './signIn.ts';
import type { FindSignIn } from './signIns.ts';
import { signInTenant } from './signInTenant.ts';

/** The access tokens of tenants, by whichever way they sign in. */
export interface Tokens {
  /**
   * @param rejected what the service has just refused: then another token, or none
   * @throws AppError `notSignedIn`; others when the sign-in service cannot be reached
   */
  get(tenantId: string, rejected?: Rejected): Promise<string>;
}

export interface TokensDeps {
  readonly findSignIn: FindSignIn;
  readonly t: Translate;
  readonly reader: { tenant(tenantId: string): TenantRecord | undefined };
}

export function createTokens({ findSignIn, reader, t }: TokensDeps): Tokens {
  return {
    get: async (tenantId, rejected) => {
      const tenant = reader.tenant(tenantId);
      if (!tenant) throw new AppError('notFound', t('There is no such tenant.'));
      // The store is what all windows share: whoever signed out here is signed out there, whatever secrets are left.
      if (tenant.isSignedOut) throw new AppError('notSignedIn', t('Nobody is signed in to this tenant.'));
      return (await findSignIn(tenant.connection)).token(signInTenant(tenant), rejected);
    },
  };
}
