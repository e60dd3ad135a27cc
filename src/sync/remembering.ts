import type { TokenSource } from './deps.ts';

/** Tokens that a service has seen, so that it may repeat them. */
export function remembering(tokens: TokenSource, used: Set<string>): TokenSource {
  return {
    get: async (tenantId, rejected) => {
      const token = await tokens.get(tenantId, rejected);
      used.add(token);
      return token;
    },
  };
}
