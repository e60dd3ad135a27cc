import type { ListingKey } from './listing.ts';
import type { Completeness, TenantRecord } from './model.ts';
import type { GroupSummary } from './store.ts';

/** A group with the service's own id, which `id` differs from where the service sent one twice. */
export interface SnapshotGroup extends GroupSummary {
  readonly serviceId: string;
}

/** What is told of a membership without its details. */
export interface SnapshotMember {
  /** As `Member.id`. */
  readonly id: string;
  /** The service's own id. */
  readonly serviceId: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly principalType: string;
  readonly isGuest: boolean;
  readonly accessRight: string | undefined;
  readonly source: string | undefined;
}

/** A direct grant; a group of which nobody is known comes once, without a member. */
export interface SnapshotGrant {
  readonly group: SnapshotGroup;
  readonly member: SnapshotMember | undefined;
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
  /** Group by group in the same order, the members sorted naturally by how their names begin. */
  grants(tenantId: string, groupId?: string): Iterable<SnapshotGrant>;
  close(): void;
}
