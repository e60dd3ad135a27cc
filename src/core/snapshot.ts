import type { ListingKey } from './listing.ts';
import type { Completeness, TenantRecord } from './model.ts';
import type { GroupSummary } from './store.ts';

/** A group with the service's own id, which `id` differs from where the service sent one twice. */
export interface SnapshotGroup extends GroupSummary {
  readonly serviceId: string;
}

/** Who a member is, shared by its memberships. */
export interface SnapshotPrincipal {
  /** The service's own id. */
  readonly serviceId: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly principalType: string;
  readonly isGuest: boolean;
  readonly source: string | undefined;
}

export interface SnapshotMember {
  /** As `Member.id`. */
  readonly id: string;
  readonly principal: SnapshotPrincipal;
  readonly accessRight: string | undefined;
}

/**
 * The store as it was at one moment, to be gone through at leisure: what is written meanwhile is not seen. Rows are read
 * as they are taken, so a caller may pause between any two. While it is open the log of writes grows: close it soon.
 */
export interface Snapshot {
  /** In the order in which they were added. */
  tenants(): readonly TenantRecord[];
  completeness(listing: ListingKey): Completeness;
  /** A tenant's groups, or the one of this id, sorted naturally by name. */
  groups(tenantId: string, groupId?: string): Iterable<SnapshotGroup>;
  /** Sorted naturally by how their names begin. */
  members(tenantId: string, groupId: string): Iterable<SnapshotMember>;
  close(): void;
}
