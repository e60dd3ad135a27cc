import type { Directory, SignedIn } from '../auth/signIn.ts';
import type { Auth, StoredConnection, TenantConnection, TenantRecord, WorkspaceChoice } from '../model.ts';

/** What may be changed of a tenant. Its rows stay, unless other workspaces are chosen. */
export interface TenantChange {
  readonly name?: string;
  readonly endpoint?: string;
  readonly organization?: string;
  readonly partitionGlobalId?: string;
  /** `{}` for all of them. */
  readonly workspaces?: WorkspaceChoice;
  /** Another way of signing in, or other secrets of the same. */
  readonly auth?: Auth;
}

/** The tenants that the user added: connection in the store, secrets in SecretStorage. */
export interface Tenants {
  /**
   * Keeps a tenant; sends no request. Adding twice makes two. @returns the tenant's id
   * @throws AppError `invalid` for input that cannot work, or a foreign host that the user has not agreed to
   */
  add(connection: TenantConnection, options?: { readonly isSample?: boolean }): Promise<string>;
  /** Begins a tenant that is not kept yet. @throws AppError `invalid` */
  begin(connection: TenantConnection): Promise<TenantDraft>;
  /** @throws AppError as `add`; `notFound` */
  edit(tenantId: string, change: TenantChange): Promise<void>;
  /** Stops its loads, then its rows and secrets go. @throws AppError `notFound` */
  remove(tenantId: string): Promise<void>;
  /** Deletes all that was loaded of a tenant, or of all; connections and secrets stay. @throws AppError `notFound` */
  removeRows(tenantId?: string): Promise<void>;
  /**
   * Signs in again, asking the person.
   * @param options `forChanges`: so that access can be changed; where that is not granted, it fails
   * @throws AppError what `SignIn.signIn` throws, and the sign-in so far stays; `notFound`
   */
  signIn(tenantId: string, signal: AbortSignal, options?: { readonly forChanges?: boolean }): Promise<void>;
  /** Stops its loads, then its secrets go; its rows stay. @throws AppError `notFound` */
  signOut(tenantId: string): Promise<void>;
  /** Asks the service for the first page of groups, for a tenant with a change that is not kept yet. */
  tryChange(tenantId: string, change: TenantChange, signal: AbortSignal): Promise<void>;
  /** The foreign host that this connection would send its token to and that the user has not agreed to yet. @throws AppError `invalid` */
  unagreedHost(connection: Pick<StoredConnection, 'provider' | 'endpoint'>): Promise<string | undefined>;
  agreeToHost(host: string): Promise<void>;
  /**
   * The tenant's connection as it is in force: a sample tenant's server has a new port each time, and what a connection
   * lacks its token may tell. @throws AppError `notSignedIn` where only a token would tell
   */
  connectionOf(tenant: TenantRecord): Promise<StoredConnection>;
}

/** What a tenant is kept with, beside what it was begun with. */
export type DraftDetails = Partial<
  Pick<TenantConnection, 'name' | 'organization' | 'partitionGlobalId' | 'directoryId'>
>;

/** A tenant that is being added. Its secrets are in memory only; it must be kept or discarded. */
export interface TenantDraft {
  /** Asks the person to sign in. @throws AppError what `SignIn.signIn` throws */
  signIn(signal: AbortSignal): Promise<SignedIn>;
  /** The directories that the account can enter; nothing where the service has none. @throws AppError `forbidden` … */
  directories(signal: AbortSignal): Promise<readonly Directory[] | undefined>;
  /**
   * Asks the service for the first page of groups, keeping nothing. Resolves when it answers well.
   * @throws AppError what failed, as a load would
   */
  tryOut(signal: AbortSignal, details?: DraftDetails): Promise<void>;
  /**
   * Keeps it, signed in as it is; with several details as that many tenants of the one account.
   * @returns the tenants' ids @throws AppError `invalid`
   */
  keep(details?: readonly DraftDetails[]): Promise<readonly string[]>;
  discard(): Promise<void>;
}
