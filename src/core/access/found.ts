import type { Completeness } from '../model.ts';

/** One of the marks by which a principal is known; all that are given must fit. */
export type PrincipalMark =
  | { readonly tenantId: string; readonly id: string }
  | { readonly tenantId: string; readonly groupId: string; readonly memberId: string }
  | { readonly key: number }
  | { readonly objectId: string }
  /** Of a user: a group's or an app's mailbox may be shared. */
  | { readonly email: string };

/** Somebody as one tenant's groups show them; one who is shown in several ways comes several times. */
export interface FoundPrincipal {
  readonly tenantId: string;
  readonly key: number;
  readonly name: string;
  readonly email?: string;
  readonly principalType: string;
  readonly isGuest: boolean;
  /** The id by which all services know them. */
  readonly objectId?: string;
  /** Groups that they are in, counted up to a thousand. */
  readonly groups: number;
}

export interface KnownPrincipal extends FoundPrincipal {
  /** The service's own id. */
  readonly id: string;
  /** Where the principal lives, as the service names it. */
  readonly source?: string;
}

/** One way in which a principal gets into a group. */
export interface FoundWay {
  /** The key of the principal, as it is at the beginning of the way. */
  readonly principal: number;
  readonly tenantId: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly accessRight?: string;
  /** The names of the nested groups passed, the nearest to the principal first; `[]` for a direct member. */
  readonly path: readonly string[];
  /** Their ids: names may be equal. */
  readonly passed: readonly string[];
}

/** A part of the principals who are one person. */
export interface SameSlice {
  readonly principals: readonly KnownPrincipal[];
  /** There may be more of them. */
  readonly isCut?: true;
}

export interface WaySlice {
  readonly ways: readonly FoundWay[];
  /** More ways lead into some of the groups than are told. */
  readonly isCut?: true;
  /** At the end: groups that are members somewhere and that no tenant knows. */
  readonly unknownGroups?: number;
}

/** One way in which somebody has access to a group; of nobody who is a group. */
export interface FoundMember {
  /** Where the membership is: the group itself, or a nested one. */
  readonly tenantId: string;
  readonly groupId: string;
  readonly memberId: string;
  readonly principal: number;
  readonly name: string;
  readonly email?: string;
  readonly principalType: string;
  readonly isGuest: boolean;
  readonly objectId?: string;
  readonly source?: string;
  /** In the group that was asked about. */
  readonly accessRight?: string;
  /** As in `FoundWay`. */
  readonly path: readonly string[];
  readonly passed: readonly string[];
}

/** A group of whose members not all are known: the one that was asked about, or one nested in it. */
export interface WithinGap {
  /** The id by which it is a member, or its own. */
  readonly id: string;
  readonly name: string;
  /** Nested groups from it up to the one that was asked about. */
  readonly path: readonly string[];
  /** How far its members are known; absent where no tenant knows the group. */
  readonly known?: { readonly tenantId: string; readonly groupId: string; readonly completeness: Completeness };
}

export interface WithinSlice {
  readonly members: readonly FoundMember[];
  readonly gaps?: readonly WithinGap[];
  readonly isCut?: true;
}

/** What the store tells of effective access. Other work gets its turn between the slices. */
export interface AccessReader {
  /** The principals with one of these marks, and those who are the same, over all tenants. */
  same(marks: readonly PrincipalMark[]): AsyncIterable<SameSlice>;
  /** What these principals, who are one person, reach: directly and through nested groups. Not by the right `None`. */
  ways(principals: readonly number[]): AsyncIterable<WaySlice>;
  /**
   * Who has access to a group: its members and those of groups nested in it. With `gapsOnly` just what is not known.
   * Nothing at all, not one slice, for a group that is not there.
   */
  within(tenantId: string, groupId: string, options?: { readonly gapsOnly?: boolean }): AsyncIterable<WithinSlice>;
}
