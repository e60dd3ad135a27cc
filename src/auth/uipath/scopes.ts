import { AuthorizationResponseError, ResponseBodyError } from 'oauth4webapi';
import type { SignInTenant } from '../signIn.ts';

/** What applications are asked for to read; the README names the same. */
const all = 'PM.Group.Read PM.User.Read PM.RobotAccount.Read';

/** Without robots, which only those who are in no group are read for. */
const fewer = 'PM.Group.Read PM.User.Read';

/** What changing needs beside these. */
export const changing = 'PM.Group.Write';

/**
 * Asks for all scopes that a tenant's tokens are to have; of an application that is registered without some of them, for
 * as many as it has.
 * @throws what `ask` throws
 */
export async function withScopes<T>(changes: SignInTenant['changes'], ask: (scope: string) => Promise<T>): Promise<T> {
  const toChange = (scopes: string) => `${scopes} ${changing}`;
  const tried = {
    reading: [all, fewer],
    wanted: [toChange(all), all, toChange(fewer), fewer],
    needed: [toChange(all), toChange(fewer)],
  }[changes ?? 'reading'];
  for (const scope of tried.slice(0, -1)) {
    try {
      return await ask(scope);
    } catch (error) {
      if (!isUnknownScope(error)) throw error;
    }
  }
  return ask(tried.at(-1) ?? fewer);
}

export function isUnknownScope(error: unknown): boolean {
  const isTold = error instanceof ResponseBodyError || error instanceof AuthorizationResponseError;
  return isTold && error.error === 'invalid_scope';
}
