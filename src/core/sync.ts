import type { Changes } from './changes/pipeline.ts';
import type { Event } from './event.ts';
import type { ListingKey } from './listing.ts';
import type { Completeness, ReadOptions } from './model.ts';
import type { ItemsOf } from './provider/itemsOf.ts';
import type { MemberOf } from './provider/memberOf.ts';

/** A load that runs now. */
export interface Progress {
  readonly listing: ListingKey;
  /** Rows so far. */
  readonly received: number;
}

/** A whole-tenant load that runs now. */
export interface WholeTenantProgress {
  readonly tenantId: string;
  /** Listings read, of those known so far. */
  readonly done: number;
  readonly total: number;
}

/** The only caller of a provider's reads. */
export interface Sync {
  /**
   * Loads a listing unless it was ever loaded, or `refresh` asks. Equal loads share one run; a run ends when nobody
   * waits any more. Resolves to what the listing came to, whatever that is: never `loading` or `notLoaded`.
   * @throws AppError `cancelled` when `signal` aborts, or the first load is cancelled before its first row; a refresh
   * that is cancelled for all resolves to what was held · `notFound` for an unknown tenant or group
   */
  load(listing: ListingKey, options?: ReadOptions): Promise<Completeness>;
  /** What the store holds, or `loading` with the rows so far. */
  completeness(listing: ListingKey): Completeness;
  /**
   * Reads a tenant whole. @throws AppError as `load`
   */
  loadAll(tenantId: string, options?: ReadOptions): Promise<Completeness>;
  /**
   * Asks the service now for the groups that the holder of an e-mail address is a member of. Keeps nothing.
   * @throws AppError `cancelled` when `signal` aborts or the tenant's loads are stopped; what ended the read
   */
  memberOf(tenantId: string, email: string, signal: AbortSignal): Promise<MemberOf>;
  /**
   * Asks the service now for the items that somebody reaches, by object id or user principal name. Keeps nothing.
   * @throws AppError as `memberOf`
   */
  itemsOf(tenantId: string, user: string, signal: AbortSignal): Promise<ItemsOf>;
  /** How access is changed; loaded when somebody wants to. */
  changes(): Promise<Changes>;
  /** Whether a whole-tenant load runs. */
  isLoadingAll(tenantId: string): boolean;
  /** Stops what runs for this listing, for all who wait; without a listing, all of the tenant's, a whole-tenant load included. */
  cancel(tenantId: string, listing?: ListingKey): void;
  /** Fires when a load starts, after each page, and when it ended. */
  readonly onDidProgress: Event<Progress>;
  readonly onDidProgressAll: Event<WholeTenantProgress>;
  /** Stops everything. Resolves when nothing runs any more, so that the store can be closed. */
  dispose(): Promise<void>;
}
