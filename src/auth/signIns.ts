import { AppError } from '../core/errors.ts';
import type { StoredConnection } from '../core/model.ts';
import { isServiceProvider } from '../core/provider.ts';
import { createAccessToken } from './accessToken.ts';
import type { SignIn } from './signIn.ts';
import type { UiPathDeps } from './uipath/deps.ts';

/** The way of signing in that a connection names. @throws AppError `invalid` where there is none */
export type FindSignIn = (connection: StoredConnection) => Promise<SignIn>;

export type SignInDeps = UiPathDeps;

/** Every way of signing in; all but the plain token are loaded when first used. */
export function createSignIns(deps: SignInDeps): FindSignIn {
  const identity = (providerId: string) => {
    const provider = deps.provider(providerId);
    return provider && isServiceProvider(provider) ? provider.identity : undefined;
  };
  const accessToken = createAccessToken({ ...deps, identity });
  let uipath: Promise<Readonly<Record<string, SignIn>>> | undefined;
  return async ({ provider, signIn }) => {
    if (signIn === 'accessToken') return accessToken;
    if (identity(provider) === 'uipath') {
      uipath ??= loadUiPath(deps);
      const found = (await uipath)[signIn];
      if (found) return found;
    }
    throw new AppError('invalid', `There is no way to sign in called "${signIn}".`);
  };
}

async function loadUiPath(deps: SignInDeps): Promise<Readonly<Record<string, SignIn>>> {
  const { createUiPathSignIns } = await import('./uipath/signIns.ts');
  return { ...createUiPathSignIns(deps) };
}
