import type { StoredConnection } from '../model.ts';

/** What a registered provider is given for a read or a change. */
export interface ProviderContext {
  readonly connection: StoredConnection;
  readonly signal: AbortSignal;
  /** The tenant's access token. @throws AppError `notSignedIn` */
  getToken(): Promise<string>;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
