import { AppError } from '../core/errors.ts';
import type { StoredConnection } from '../core/model.ts';
import { createAccessToken } from './accessToken.ts';
import type { SignIn } from './signIn.ts';
import type { TenantSecrets } from './tenantSecrets.ts';

/** The way of signing in that a connection names. @throws AppError `invalid` where there is none */
export type FindSignIn = (connection: StoredConnection) => Promise<SignIn>;

export interface SignInDeps {
  readonly secrets: TenantSecrets;
}

/** Every way of signing in; all but the plain token are loaded when first used. */
export function createSignIns({ secrets }: SignInDeps): FindSignIn {
  const accessToken = createAccessToken(secrets);
  return async ({ signIn }) => {
    if (signIn === 'accessToken') return accessToken;
    throw new AppError('invalid', `There is no way to sign in called "${signIn}".`);
  };
}
