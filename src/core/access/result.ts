import type { Completeness, TenantRecord } from '../model.ts';
import type { MemberListingsSummary } from '../store.ts';
import type { KnownPrincipal, WithinGap } from './found.ts';
import type { Subject } from './subject.ts';

/** A way in: with which right, and through which nested groups, the nearest to the principal first. */
export interface Way {
  /** The key of the principal that it begins with. */
  readonly principal: number;
  readonly right?: string;
  readonly path: readonly string[];
  /** The ids of the groups in `path`: their names may be equal. */
  readonly passed: readonly string[];
}

/** A group that is reached, with all ways that lead there: the shortest first. */
export interface ReachedGroup {
  readonly tenantId: string;
  readonly groupId: string;
  readonly name: string;
  readonly ways: readonly Way[];
}

/** How much of a tenant is known. */
export interface TenantKnowledge {
  /** Of the list of groups. */
  readonly groups: Completeness;
  readonly total: number;
  /** Of the groups' members. */
  readonly lists: MemberListingsSummary;
  /** Groups of which not all members are known. */
  readonly unread: number;
  /** Of the oldest rows. */
  readonly asOf?: string;
  readonly isComplete: boolean;
}

export interface TenantAccess {
  readonly tenant: TenantRecord;
  /** Sorted naturally by name. */
  readonly groups: readonly ReachedGroup[];
  /** How many of them with a right to give access to others. */
  readonly adminGroups: number;
  /** As whom the subject is known there. */
  readonly principals: readonly KnownPrincipal[];
  readonly known: TenantKnowledge;
}

/** Somebody who has access to a group, with all ways. */
export interface EffectiveMember {
  readonly key: string;
  readonly name: string;
  readonly email?: string;
  readonly principalType: string;
  readonly isGuest: boolean;
  readonly objectId?: string;
  /** One of their memberships: that which the first way begins with. */
  readonly tenantId: string;
  readonly groupId: string;
  readonly memberId: string;
  readonly source?: string;
  readonly ways: readonly Way[];
}

export interface WithinGroup {
  /** Sorted naturally by name. */
  readonly members: readonly EffectiveMember[];
  readonly gaps: readonly WithinGap[];
  readonly isCut: boolean;
  /** Of the group itself. */
  readonly asOf?: string;
}

/** By what the same person was found in several guises. */
export type JoinedBy = 'objectId' | 'email' | 'both';

/** What somebody or a group reaches and, of a group, who gets in; with all that is not known. */
export interface AccessResult {
  readonly subject: Subject;
  readonly principals: readonly KnownPrincipal[];
  /** Absent where nobody had to be joined. */
  readonly joinedBy?: JoinedBy;
  /** All of them, also those where nothing is reached. */
  readonly tenants: readonly TenantAccess[];
  /** There are more ways than are told. */
  readonly isCut: boolean;
  /** Groups that are members somewhere and that no tenant knows. */
  readonly unknownGroups: number;
  /** Of a group that is there. */
  readonly within?: WithinGroup;
}
