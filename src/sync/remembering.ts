import { type AppError, toAppError } from '../core/errors.ts';
import { hideToken } from '../core/http/hideToken.ts';
import type { TokenSource } from './deps.ts';

/** Tokens that are remembered, since a service that has seen them may repeat them. */
export interface Remembering {
  readonly tokens: TokenSource;
  /** What was thrown, without any of the tokens that were given so far. */
  withoutTokens(thrown: unknown): AppError;
}

export function remembering(tokens: TokenSource): Remembering {
  const used = new Set<string>();
  return {
    tokens: {
      get: async (tenantId, rejected) => {
        const token = await tokens.get(tenantId, rejected);
        used.add(token);
        return token;
      },
    },
    withoutTokens: (thrown) => [...used].reduce(hideToken, toAppError(thrown)),
  };
}
