import { AuthorizationResponseError, ResponseBodyError } from 'oauth4webapi';

/** What applications are asked for; the README names the same. */
const all = 'PM.Group.Read PM.User.Read PM.RobotAccount.Read';

/** Without robots, which only those who are in no group are read for. */
const fewer = 'PM.Group.Read PM.User.Read';

/**
 * Asks for all scopes; of an application that is registered without the one for robots, for the others.
 * @throws what `ask` throws
 */
export async function withScopes<T>(ask: (scope: string) => Promise<T>): Promise<T> {
  try {
    return await ask(all);
  } catch (error) {
    if (!isUnknownScope(error)) throw error;
    return ask(fewer);
  }
}

export function isUnknownScope(error: unknown): boolean {
  const isTold = error instanceof ResponseBodyError || error instanceof AuthorizationResponseError;
  return isTold && error.error === 'invalid_scope';
}
