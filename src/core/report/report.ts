import type { FindingId, Severity } from '../findings/findings.ts';
import type { ListingState } from '../model.ts';

/**
 * All that the report's page and its saved file show: names and numbers, no ids, no secret. Texts of services are made
 * harmless (`safeText`) before they come here.
 */
export interface Report {
  readonly title: string;
  /** As the user reads times. */
  readonly madeAt: string;
  readonly coverage: ReportCoverage;
  readonly counts: ReportCounts;
  /** The strongest first; `people` and `people.cells` name them by their place here. */
  readonly rights: readonly ReportRight[];
  readonly kinds: readonly ReportKind[];
  readonly tenants: readonly ReportTenant[];
  readonly groups: readonly ReportGroup[];
  /** Who has access; where there are too many, those with the most. */
  readonly people: readonly ReportPerson[];
  /** Who is counted, but not in `people`. */
  readonly leftOut: { readonly people: number; readonly grants: number };
  /** By time. */
  readonly history: readonly ReportPeriod[];
  /** The gravest first; those that found nothing, too. */
  readonly findings: readonly ReportFinding[];
}

/** What the answer covers, and what not. */
export interface ReportCoverage {
  readonly isComplete: boolean;
  /** In words: scope, time, gaps, and what no report covers. */
  readonly summary: string;
}

export interface ReportCounts {
  readonly groups: number;
  /** Users, apps and so on, each once however often they are kept. */
  readonly people: number;
  readonly guests: number;
  /** Who has a right to administer somewhere. */
  readonly admins: number;
  /** Direct ones. */
  readonly grants: number;
  /** Groups of which not all members are known. */
  readonly unknownGroups: number;
}

/** What a right allows. `unknown`: nobody said; `member`: the service has groups without rights. */
export type RightLevel = 'admin' | 'edit' | 'other' | 'unknown' | 'member';

export interface ReportRight {
  /** As the service names it; empty for `member`. */
  readonly name: string;
  readonly level: RightLevel;
  /** Direct ones. */
  readonly grants: number;
  /** How many of them guests have. */
  readonly guestGrants: number;
}

/** So many people are of this kind. `guest` is a kind of its own. */
export interface ReportKind {
  readonly kind: string;
  readonly people: number;
}

export interface ReportTenant {
  readonly name: string;
  /** The provider, by the name that people know it by. */
  readonly provider: string;
  /** Of the list of groups. */
  readonly groupsState: ListingState;
  readonly groups: number;
  /** Groups whose members are completely known. */
  readonly complete: number;
  /** When its oldest rows were read; empty where none were. */
  readonly asOf: string;
}

export interface ReportGroup {
  readonly name: string;
  /** Its place in `tenants`. */
  readonly tenant: number;
  /** Of its members. */
  readonly state: ListingState;
}

export interface ReportPerson {
  readonly name: string;
  readonly email: string;
  /** One of `kinds`. */
  readonly kind: string;
  /** Direct grants: a group, a right, a group, a right … */
  readonly cells: readonly number[];
  /** Groups that this one is: a group in a group. */
  readonly is?: readonly number[];
}

/** What one snapshot of a tenant changed against the one before. */
export interface ReportPeriod {
  readonly tenant: number;
  /** As the user reads times. */
  readonly at: string;
  readonly name: string;
  readonly gained: number;
  readonly lost: number;
  readonly changed: number;
  readonly memberships: number;
  /** Lists that were not complete in one of the two: what is missing there is unknown. */
  readonly gaps: number;
}

export interface ReportFinding {
  readonly id: FindingId;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly advice: string;
  readonly count: number;
  /** The first of them, each in a line. */
  readonly rows: readonly string[];
}
