import type { StoredConnection, TenantConnection, TenantRecord, WorkspaceChoice } from './model.ts';

/** What may be changed of a tenant. Its rows stay, unless other workspaces are chosen. */
export interface TenantChange {
  readonly name?: string;
  readonly endpoint?: string;
  readonly organization?: string;
  readonly partitionGlobalId?: string;
  /** `{}` for all of them. */
  readonly workspaces?: WorkspaceChoice;
  readonly accessToken?: string;
}

/** The tenants that the user added: connection in the store, secrets in SecretStorage. */
export interface Tenants {
  /**
   * Keeps a tenant; sends no request. Adding twice makes two. @returns the tenant's id
   * @throws AppError `invalid` for input that cannot work, or a foreign host that the user has not agreed to
   */
  add(connection: TenantConnection, options?: { readonly isSample?: boolean }): Promise<string>;
  /** @throws AppError as `add`; `notFound` */
  edit(tenantId: string, change: TenantChange): Promise<void>;
  /** Stops its loads, then its rows and secrets go. @throws AppError `notFound` */
  remove(tenantId: string): Promise<void>;
  /** Deletes all that was loaded of a tenant, or of all; connections and secrets stay. @throws AppError `notFound` */
  removeRows(tenantId?: string): Promise<void>;
  /**
   * Asks the service for the first page of groups, keeping nothing. Resolves when it answers well.
   * @throws AppError what failed, as a load would
   */
  tryConnection(connection: TenantConnection, signal: AbortSignal): Promise<void>;
  /** As `tryConnection`, for a tenant that is kept with a change that is not yet. */
  tryChange(tenantId: string, change: TenantChange, signal: AbortSignal): Promise<void>;
  /** The foreign host that this connection would send its token to and that the user has not agreed to yet. @throws AppError `invalid` */
  unagreedHost(connection: TenantConnection): string | undefined;
  agreeToHost(host: string): Promise<void>;
  /** The tenant's connection with the endpoint that is in force (a sample tenant's server has a new port each time). */
  connectionOf(tenant: TenantRecord): Promise<StoredConnection>;
}
