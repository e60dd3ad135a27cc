/**
 * Access tokens in memory, so that not every request reads a secret. For a short while only: the hint that another
 * window has signed out may be missed.
 */
export interface HeldTokens {
  /** @param owner whom to forget at once: an account, an authentication provider, a tenant */
  get(owner: string, key: string): string | undefined;
  set(owner: string, key: string, token: string, expiresOn: Date | null): void;
  forget(owner: string): void;
}

const longest = 60_000;
/** As MSAL has it: what is left of a token that counts as ended. */
const margin = 300_000;

export function createHeldTokens(now: () => number): HeldTokens {
  const held = new Map<string, Map<string, { readonly token: string; readonly until: number }>>();
  return {
    get: (owner, key) => {
      const found = held.get(owner)?.get(key);
      return found && found.until > now() ? found.token : undefined;
    },
    set: (owner, key, token, expiresOn) => {
      const tokens = held.get(owner) ?? new Map();
      const ending = (expiresOn?.getTime() ?? Number.POSITIVE_INFINITY) - margin;
      tokens.set(key, { token, until: Math.min(now() + longest, ending) });
      held.set(owner, tokens);
    },
    forget: (owner) => {
      held.delete(owner);
    },
  };
}
