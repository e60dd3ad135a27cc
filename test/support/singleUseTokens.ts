import type { Grant } from '../../src/auth/uipath/oauth.ts';
import { AppError } from '../../src/core/errors.ts';

/** A service whose refresh tokens are good for one use; using one twice ends the session that it is of. */
export interface SingleUseTokens {
  signIn(): Grant;
  /** @param onUsed called at the moment when the token is used up */
  refresh(token: string | undefined, onUsed: () => void): Promise<Grant>;
  /** Tokens that were used twice. */
  readonly reused: readonly string[];
}

export function createSingleUseTokens(pause: () => Promise<unknown>): SingleUseTokens {
  const families = new Map<string, number>();
  const used = new Set<string>();
  const ended = new Set<number>();
  const reused: string[] = [];
  let count = 0;

  function grant(family: number): Grant {
    count += 1;
    const refreshToken = `refresh-${count}`;
    families.set(refreshToken, family);
    return { accessToken: `access-${count}`, refreshToken, lifetime: 3600, issuer: 'issuer', identity: {} };
  }

  return {
    reused,
    signIn: () => grant(count + 1),
    refresh: async (token = '', onUsed) => {
      await pause();
      const family = families.get(token);
      if (family === undefined) throw new AppError('notSignedIn', 'invalid_grant');
      if (used.has(token)) {
        reused.push(token);
        ended.add(family);
      }
      if (ended.has(family)) throw new AppError('notSignedIn', 'invalid_grant');
      used.add(token);
      onUsed();
      const next = grant(family);
      await pause();
      return next;
    },
  };
}
