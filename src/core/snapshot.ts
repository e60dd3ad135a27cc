import type { ListingKey } from './listing.ts';
import type { Completeness, TenantRecord } from './model.ts';
import type { GroupSummary, StoreReads } from './store.ts';

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

/** Who is kept in a tenant, without regard to groups. */
export interface SnapshotPrincipal {
  /** Unlike that of every other one, in whichever tenant. */
  readonly key: number;
  /** As its tenant knows it; several may have the same one. */
  readonly ownId: string;
  /** By which other services and groups know the same one. */
  readonly objectId?: string;
  readonly name: string;
  readonly email?: string;
  readonly principalType: string;
  readonly isGuest: boolean;
}

/** A membership by what it joins. */
export interface SnapshotMembership {
  readonly groupId: string;
  /** As `Member.id`. */
  readonly memberId: string;
  /** As `SnapshotPrincipal.key`. */
  readonly principal: number;
  readonly accessRight: string | undefined;
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
  /** Who is, or was, in the tenant's groups: for very many memberships, some times as fast as `grants`. */
  principals(tenantId: string): Iterable<SnapshotPrincipal>;
  /** The tenant's memberships, group by group as `groups` orders them. */
  memberships(tenantId: string): Iterable<SnapshotMembership>;
  close(): void;
}

export interface SnapshotWithReads extends Snapshot {
  /** The questions of every reader, about the same moment. */
  readonly reads: StoreReads;
}
