import type { RejectedToken } from '../core/auth/renewal.ts';
import type { Directory, SignedIn, SignInPrompts } from '../core/auth/signIn.ts';
import type { StoredConnection } from '../core/model.ts';

export type { RejectedToken as Rejected } from '../core/auth/renewal.ts';
export type { Directory, SignedIn, SignInPrompts } from '../core/auth/signIn.ts';

/** One way of signing in, for every tenant whose connection names it. */
export interface SignIn {
  /**
   * An access token good for some minutes; renewed silently before it ends, once for all who wait. Never prompts.
   * @param rejected what the service has just refused, with the claims (JSON) it asked for: another token then, or none
   * @throws AppError `notSignedIn` when a person is needed; `offline timeout unavailable` when the sign-in service
   * cannot be reached
   */
  token(tenant: SignInTenant, rejected?: RejectedToken): Promise<string>;
  /**
   * Signs in, asking the person by `prompts`. Absent for methods that need no person.
   * @throws AppError `cancelled`, `timeout`, `forbidden`, `invalid` … with plain words
   */
  signIn?(tenant: SignInTenant, prompts: SignInPrompts, signal: AbortSignal): Promise<SignedIn>;
  /** Forgets the tenant's secrets; those of an account that another tenant still uses stay. */
  signOut(tenant: SignInTenant): Promise<void>;
  /**
   * Forgets what the account held that the tenant used `before` and does not use `now`, unless another tenant uses it.
   * Absent where a tenant has one secret, which the next one replaces.
   */
  leave?(before: SignInTenant, now: SignInTenant): Promise<void>;
  /**
   * The directories that the signed-in account can enter, guests included. Never prompts.
   * Absent where accounts have no such list. @throws AppError `forbidden` when it may not be read
   */
  directories?(tenant: SignInTenant, signal: AbortSignal): Promise<readonly Directory[]>;
}

/** A tenant as signing in sees it; it may not be kept yet. */
export interface SignInTenant {
  readonly id: string;
  readonly provider: string;
  readonly connection: StoredConnection;
  readonly accountId?: string;
  /**
   * Its tokens are to allow changes: `wanted` where the service grants that, else reading alone will do; `needed`: nothing
   * less will do. Absent: for reading.
   */
  readonly changes?: 'wanted' | 'needed';
}
