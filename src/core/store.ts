import type { AccessReader, FoundPrincipal } from './access/found.ts';
import type { ChangeLogQuery, LoggedOutcome, NewPlan, UnfinishedPlan } from './changes/changeLog.ts';
import type { LoggedChange } from './changes/changes.ts';
import type { ErrorData } from './errors.ts';
import type {
  FindingDetail,
  FindingRef,
  FindingRow,
  FindingRules,
  FindingSlice,
  IgnoreNote,
} from './findings/findings.ts';
import type { ListingKey } from './listing.ts';
import type { MemberFacets, MemberFilter } from './memberFilter.ts';
import type { Access, Completeness, Group, Member, Session, StoredConnection, TenantRecord } from './model.ts';
import type { Identified } from './objectId.ts';
import type { BudgetAnswer, BudgetLimit } from './provider/budget.ts';
import type { DecodedPage, PageRequest } from './provider/provider.ts';
import type { GroupRow, MemberRow } from './provider/rows.ts';
import type { ComparisonSlice, NewSnapshot, SavedSnapshot } from './savedSnapshots.ts';

export type { FoundPrincipal } from './access/found.ts';

/** A load under way, as the writer numbers it. */
export type LoadId = number;

/** What writing one page came to. */
export interface PageOutcome {
  /** Rows of this load so far. */
  readonly received: number;
  readonly next?: PageRequest;
  /** Members of this load so far that are known by id alone and that the directory does not name. */
  readonly unresolved: number;
}

/** How a load ended: well, or with an error. */
export interface LoadEnd {
  readonly error?: ErrorData;
}

/** The only way to change the store. One call is one transaction; calls are carried out in order. */
export interface StoreWriter {
  /**
   * Begins a load; rows of earlier loads stay until it ends well. Of loads of one listing, the last begun that has rows
   * counts: what an earlier one still brings is left out.
   * @throws AppError `notFound` for a tenant or group that is gone
   */
  begin(listing: ListingKey): Promise<LoadId>;
  /**
   * Decodes a reply and writes its rows. `bytes` is given away.
   * @throws AppError `badResponse`: then nothing was written; `cancelled`: what the load had brought was removed
   */
  page(load: LoadId, provider: string, request: PageRequest, bytes: Uint8Array): Promise<PageOutcome>;
  /** Decodes a reply and writes nothing. `bytes` is given away. @throws AppError `badResponse` */
  decode(provider: string, request: PageRequest, bytes: Uint8Array): Promise<DecodedPage>;
  /** Writes rows of a registered provider. */
  rows(load: LoadId, rows: LoadedRows): Promise<PageOutcome>;
  /** Names the members of this load that the directory knows by now. Resolves to how many stay unnamed. */
  resolveReferences(load: LoadId): Promise<number>;
  /** Ends a load and says what its listing came to. */
  end(load: LoadId, end: LoadEnd): Promise<Completeness>;
  addTenant(tenant: TenantRecord): Promise<void>;
  updateTenant(tenantId: string, change: TenantRowChange): Promise<void>;
  /** Says who is signed in to a tenant. @throws AppError `notFound` */
  setSession(tenantId: string, session: Session): Promise<void>;
  /**
   * Counts one replacement of a tenant's secret and resolves to their number. To nothing, and uncounted, when there was
   * one since `from`, by whichever window, or when the tenant is gone.
   */
  nextGeneration(tenantId: string, from?: number): Promise<number | undefined>;
  removeTenant(tenantId: string): Promise<void>;
  /** Removes all that was loaded of a tenant; its connection stays. Loads that run come to nothing. */
  removeRows(tenantId: string): Promise<void>;
  /** The same of every tenant, and the damaged stores that were set aside. */
  removeAllRows(): Promise<void>;
  /** Removes rows that no load confirmed since then, and what was remembered as removed before. Tenants stay. */
  forgetOlderThan(isoTime: string): Promise<void>;
  /**
   * Counts one use of a budget that all windows share, if its limits allow one more now. Else nothing is counted, and
   * `waitUntil` says when one will be allowed.
   */
  spend(budget: string, limits: readonly BudgetLimit[]): Promise<BudgetAnswer>;
  /** The service itself asked to wait: no window uses the budget before. */
  exhaust(budget: string, until: string): Promise<void>;
  /** Remembers that the user agreed to send tokens to this host. */
  agreeToHost(host: string): Promise<void>;
  /** Puts a group first in its tenant, or back in its place. Forgotten when the group goes. @throws AppError `notFound` */
  setPinned(tenantId: string, groupId: string, isPinned: boolean): Promise<void>;
  /** Takes findings out of those that are told; without a note, puts them back. Those of tenants that are gone are passed over. */
  ignoreFindings(findings: readonly FindingRef[], note: IgnoreNote | undefined): Promise<void>;
  /** Says whether a tenant's access may be changed. @throws AppError `notFound` */
  setAllowsChanges(tenantId: string, allowsChanges: boolean): Promise<void>;
  /**
   * Writes a plan into the change log before anything of it is done: each change as `planned`. Resolves to their keys, in
   * the same order. Nothing but this log remembers them, and `forgetOlderThan` passes it by.
   */
  logPlan(plan: NewPlan): Promise<readonly number[]>;
  /**
   * Says what became of entries of the change log; what is left out stays. What an applied one undoes counts as undone.
   * Only what is planned can be begun. Resolves to the keys of those that it was written to.
   */
  logOutcome(keys: readonly number[], outcome: LoggedOutcome): Promise<readonly number[]>;
  /** Forgets what the directory named, so that the next look asks the service again. */
  forgetDirectory(tenantId: string): Promise<void>;
  /** See `Snapshots.take`. */
  takeSnapshot(tenantId: string, snapshot: NewSnapshot): Promise<number | undefined>;
  /** Deletes snapshots; what is the same in others stays. */
  deleteSnapshots(keys: readonly number[]): Promise<void>;
  close(): Promise<void>;
}

/** A page of a registered provider. */
export interface LoadedRows {
  readonly groups?: readonly GroupRow[];
  readonly members?: readonly MemberRow[];
}

export interface TenantRowChange {
  readonly name?: string;
  readonly connection?: StoredConnection;
  /** Its groups go, not remembered as removed: they may well be there, but others are asked for from now on. */
  readonly forgetsGroups?: boolean;
}

/** A group with what the tree shows beside its name. */
export interface GroupWithMembers extends Group {
  /** Of the group's members listing. */
  readonly members: Completeness;
  readonly isPinned?: true;
}

/** What the tree shows of a group; its details are read one by one. */
export type GroupSummary = Omit<GroupWithMembers, 'details'>;

export interface PageOptions {
  readonly offset: number;
  readonly limit: number;
}

export interface GroupQuery extends PageOptions {
  /** Only groups whose name contains this, case- and accent-folded, or whose whole id it is in any case. */
  readonly filter?: string;
}

/** One of a group's members, by what the store knows it by. */
export type MemberKey = readonly [principal: number, duplicate: number];

/** What a complete load had no more: a group, or with `member` one of its members. It may have come back since. */
export interface RemovedRow {
  /** When it was noticed, ISO 8601 in UTC. */
  readonly at: string;
  readonly groupId: string;
  /** As it was named then. */
  readonly groupName: string;
  readonly member?: Member;
}

/** A part of what a search found. */
export interface Finding {
  readonly principals?: readonly FoundPrincipal[];
  readonly groups?: readonly FoundGroup[];
  /** There are more. */
  readonly isCut?: true;
}

export interface FoundGroup {
  readonly tenantId: string;
  readonly groupId: string;
  readonly name: string;
}

export interface FoundMembership {
  readonly tenantId: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly memberId: string;
  readonly accessRight?: string;
}

/** A part of what a search for access found. */
export interface AccessSlice {
  readonly items: readonly Access[];
  /** More ways lead into some of the groups than are told. */
  readonly isCut?: true;
  /** At the end: groups that are members somewhere and that no tenant knows, so that nobody sees who is in them. */
  readonly unknownGroups?: number;
}

/** What changed in the store: a tenant's row or groups listing, or one group's members; without a tenant: anything. */
export interface StoreChange {
  readonly tenantId: string;
  readonly groupId?: string;
  /** Only what the user marked: pinned groups, ignored findings. No listing's rows or state. */
  readonly isMark?: true;
}

/** Prepared, bounded, synchronous reads on the main thread. Never `loading`: only sync knows what runs. */
export interface StoreReads extends AccessReader {
  tenants(): readonly TenantRecord[];
  tenant(tenantId: string): TenantRecord | undefined;
  completeness(listing: ListingKey): Completeness;
  group(tenantId: string, groupId: string): GroupWithMembers | undefined;
  /** Pinned ones first; sorted naturally by name, as views show them. */
  groups(tenantId: string, query: GroupQuery): readonly GroupSummary[];
  countGroups(tenantId: string, filter?: string): number;
  /** The ids of pinned groups. */
  pinned(tenantId: string): readonly string[];
  /** Rows in the order in which the service sent them, the newest load first; as the API gives them. */
  groupsAsSent(tenantId: string, page: PageOptions): readonly Group[];
  /** A member that is a group, as the group that a tenant knows: its own, or any that knows it by a directory's id. */
  groupOf(tenantId: string, member: Identified): { readonly tenantId: string; readonly groupId: string } | undefined;
  member(tenantId: string, groupId: string, memberId: string): Member | undefined;
  /** Sorted naturally by name. */
  members(tenantId: string, groupId: string, page: PageOptions): readonly Member[];
  /** Those whom a filter means, in the same order: slice by slice, empty ones too. Other work gets its turn between. */
  memberKeys(tenantId: string, groupId: string, filter: MemberFilter): AsyncIterable<readonly MemberKey[]>;
  /** The members with these keys, in their order; those that are gone are left out. */
  membersAt(tenantId: string, groupId: string, keys: readonly MemberKey[]): readonly Member[];
  /** What a group's members can be filtered by: of ever more of them, at last of all. Other work gets its turn between. */
  memberFacets(tenantId: string, groupId: string): AsyncIterable<MemberFacets>;
  membersAsSent(tenantId: string, groupId: string, page: PageOptions): readonly Member[];
  /** What vanished at the service, newest first. The members of a group that vanished are not named one by one. */
  removed(tenantId: string, page: PageOptions): readonly RemovedRow[];
  /**
   * What those reach whose name or e-mail contains the folded text, or whose id it is, directly and through nested
   * groups; not by memberships with the right `None`. Other work gets its turn between the slices.
   */
  access(query: string): AsyncIterable<AccessSlice>;
  /** Principals and groups with all the words in name or e-mail, in any order, or with the whole id; the first of them. */
  find(query: string): AsyncIterable<Finding>;
  /** The groups that a principal is in, by the key that `find` told; the first thousand. */
  membershipsOf(principal: number): Promise<readonly FoundMembership[]>;
  /** What the rules find in all tenants. Other work gets its turn between the slices. */
  findings(rules: FindingRules): AsyncIterable<FindingSlice>;
  /** What to show of some hundreds of findings; those whose rows are gone are left out. */
  findingDetails(rows: readonly FindingRow[]): Promise<readonly FindingDetail[]>;
  /** The number of listings of a tenant in each state, the groups listing left out; in slices, of ever more of them. */
  memberListings(tenantId: string): MemberListingsSummary;
  memberListingSlices(tenantId: string): AsyncIterable<MemberListingsSummary>;
  /** The snapshots that are kept, of one tenant or of all, newest first. */
  snapshots(tenantId?: string): readonly SavedSnapshot[];
  /**
   * What changed from one snapshot of a tenant to a later one, group by group. Other work gets its turn between the
   * slices. @throws AppError `notFound` where one of them is gone, `conflict` where it goes meanwhile
   */
  compareSnapshots(before: number, after: number): AsyncIterable<ComparisonSlice>;
  /** The change log, newest first. */
  changeLog(query: ChangeLogQuery): Promise<readonly LoggedChange[]>;
  /** Plans with entries that were neither done nor given up, with the window that carries or carried them out. */
  unfinishedPlans(): Promise<readonly UnfinishedPlan[]>;
  hasAgreedToHost(host: string): boolean;
}

/** Reads the store as it is whenever it is asked. */
export interface StoreReader extends StoreReads {
  /** What changed since the last call, by whichever window. */
  takeChanges(): readonly StoreChange[];
  close(): void;
}

export interface MemberListingsSummary {
  readonly notLoaded: number;
  readonly complete: number;
  readonly partial: number;
  readonly denied: number;
  readonly throttled: number;
  readonly failed: number;
  /** Memberships held. */
  readonly rows: number;
  /** How many of them the network ended; absent where none. */
  readonly offline?: number;
  /** The earliest, of those that throttling ended, with or without rows. */
  readonly retryAt?: string;
  /** Of the oldest rows. */
  readonly asOf?: string;
}
