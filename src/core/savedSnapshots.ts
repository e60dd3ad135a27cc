import type { ListingState } from './model.ts';

/** Who had access to what in one tenant at one moment, kept to be compared with. */
export interface SavedSnapshot {
  /** Grows with time. */
  readonly key: number;
  readonly tenantId: string;
  /** What the user called it; absent where nobody did. */
  readonly name?: string;
  /** When it was taken, ISO 8601 in UTC. */
  readonly at: string;
  readonly isAutomatic: boolean;
  /** Of its oldest rows; absent where nothing was loaded. */
  readonly asOf?: string;
  /** Listings that were not complete. */
  readonly gaps: number;
  readonly groups: number;
  readonly memberships: number;
}

export interface NewSnapshot {
  readonly name?: string;
  readonly isAutomatic?: boolean;
  /** Not taken where there is an automatic one since then, ISO 8601 in UTC: another window may have taken it. */
  readonly unlessSince?: string;
  /** Made for one comparison, which deletes it; one that is left behind goes with a later snapshot. */
  readonly isPassing?: boolean;
}

/** A principal as a snapshot has it. */
export interface PastMember {
  /** As `Member.id`. */
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly principalType: string;
  readonly isGuest: boolean;
}

/** One difference between two snapshots of a tenant. */
export type SnapshotChange =
  | { readonly what: 'groupCame' | 'groupWent'; readonly groupId: string; readonly groupName: string }
  | { readonly what: 'groupRenamed'; readonly groupId: string; readonly groupName: string; readonly before: string }
  | {
      readonly what: 'gained' | 'lost' | 'changed';
      readonly groupId: string;
      readonly groupName: string;
      readonly member: PastMember;
      /** Access rights, where the service has them. */
      readonly before?: string;
      readonly after?: string;
    };

/** A listing that was not complete in one of the two: what is missing there is unknown, not lost or gained. */
export interface SnapshotGap {
  /** Absent: the tenant's groups. */
  readonly groupId?: string;
  readonly groupName?: string;
  readonly before: ListingState;
  readonly after: ListingState;
  /** The groups were asked for with another address, account or choice, so that either list may lack what the other has. */
  readonly isOtherList?: true;
  /** Members, or of the tenant's groups groups, that are in one of the two alone and may well be in both. */
  readonly unknown: number;
}

/** One of the two moments that are compared. */
export interface ComparedMoment {
  /** What the user called the snapshot, or its time. */
  readonly label: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** What differs between two snapshots of a tenant, or since one. */
export interface SnapshotComparison {
  readonly tenantId: string;
  /** Its name. */
  readonly tenant: string;
  readonly before: ComparedMoment;
  readonly after: ComparedMoment;
  /** Sorted naturally by the names of the groups; those of a group follow each other. */
  readonly changes: readonly SnapshotChange[];
  readonly gaps: readonly SnapshotGap[];
}

/** A part of a comparison. */
export interface ComparisonSlice {
  readonly changes: readonly SnapshotChange[];
  readonly gaps: readonly SnapshotGap[];
}

/** Takes and deletes snapshots. */
export interface Snapshots {
  /** @returns its key, or nothing where nothing was loaded, or see `unlessSince`. @throws AppError `notFound` */
  take(tenantId: string, snapshot: NewSnapshot): Promise<number | undefined>;
  delete(keys: readonly number[]): Promise<void>;
}
