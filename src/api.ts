import type { Disposable, Event } from './core/event.ts';
import type {
  Access,
  Completeness,
  Group,
  Listing,
  Member,
  ReadOptions,
  Tenant,
  TenantConnection,
} from './core/model.ts';
import type { ProviderDefinition } from './core/provider/provider.ts';

export type { ChangePrincipal } from './core/changes/changes.ts';
export type { ErrorKind } from './core/errors.ts';
export type { Disposable, Event } from './core/event.ts';
export type { AccessModel, FieldValues } from './core/findings/findings.ts';
export type {
  Access,
  Auth,
  Cloud,
  Completeness,
  Details,
  Group,
  Listing,
  ListingState,
  Member,
  ReadOptions,
  SignInMethod,
  Tenant,
  TenantConnection,
  WorkspaceChoice,
  WorkspaceSort,
} from './core/model.ts';
export type { Capability, ProviderContext, ProviderDefinition } from './core/provider/provider.ts';
export type { GroupRow, MemberRow } from './core/provider/rows.ts';
export type { ProviderWrites } from './core/provider/writes.ts';

/**
 * What `activate()` of `tenant-explorer.tenant-explorer` resolves to. Nothing in it ever prompts. What it rejects with
 * is an Error with a `kind`: one of `ErrorKind`.
 */
export interface TenantExplorerApi {
  readonly version: 1;
  /** @throws Error with kind `invalid` or `conflict` */
  registerProvider(definition: ProviderDefinition): Disposable;
  /**
   * Connects without a dialog and without a request. The secrets in `auth` go to SecretStorage and nowhere else.
   * Resolves to the tenant's id. Rejects with kind `invalid` for input that cannot work and for endpoints that are
   * refused: plain http beyond this machine, and foreign hosts that the user has not agreed to.
   */
  addTenant(connection: TenantConnection): Promise<string>;
  /** Its rows and secrets go too. Rejects with kind `notFound`. */
  removeTenant(tenantId: string): Promise<void>;
  tenants(): Promise<readonly Tenant[]>;
  /** Loads what was never loaded, or what `refresh` asks for. Rejects only for an unknown tenant and on abort. */
  groups(tenantId: string, options?: ReadOptions): Promise<Listing<Group>>;
  /** As `groups`; rejects for an unknown group too. */
  members(tenantId: string, groupId: string, options?: ReadOptions): Promise<Listing<Member>>;
  /**
   * Everything that the principals matching `query` (part of a name or e-mail, or a whole id) reach, over all tenants,
   * of what was ever loaded; `refresh` reads all tenants whole first. `complete` only if every tenant is.
   */
  findAccess(query: string, options?: ReadOptions): Promise<Listing<Access>>;
  /** Reads a tenant whole: all groups, all members. Resolves when every listing is complete or has failed for good. */
  loadAll(tenantId: string, options?: ReadOptions): Promise<Completeness>;
  /** After a listing's rows or state changed in the store, at most every 100 ms a tenant; other windows' changes too. */
  readonly onDidChange: Event<{ tenantId: string; groupId?: string }>;
}
