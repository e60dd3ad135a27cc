import type { ListingState } from '../model.ts';
import type { Target } from '../target.ts';

/** What is looked for, the gravest first; each with its severity unless a setting says another. */
export const usualSeverities = {
  noAdmin: 'high',
  guestCanEdit: 'high',
  everyone: 'high',
  oneAdmin: 'medium',
  appAdmin: 'medium',
  adminOfMany: 'medium',
  builtInAdmins: 'medium',
  orphanedPersonal: 'medium',
  nameless: 'medium',
  nestingCycle: 'medium',
  deepNesting: 'medium',
  doubleGrant: 'low',
  emptyGroup: 'low',
} as const satisfies Readonly<Record<string, Severity>>;

export type FindingId = keyof typeof usualSeverities;
export type Severity = 'high' | 'medium' | 'low';
export type Severities = Readonly<Record<FindingId, Severity | 'off'>>;

export const findingIds = Object.keys(usualSeverities) as readonly FindingId[];

/** What one finding is about: a group, somebody in a group, or somebody wherever they are in a tenant. */
export const subjects: Readonly<Record<FindingId, 'group' | 'membership' | 'principal'>> = {
  noAdmin: 'group',
  guestCanEdit: 'membership',
  everyone: 'membership',
  oneAdmin: 'group',
  appAdmin: 'membership',
  adminOfMany: 'principal',
  builtInAdmins: 'group',
  orphanedPersonal: 'group',
  nameless: 'principal',
  nestingCycle: 'group',
  deepNesting: 'group',
  doubleGrant: 'membership',
  emptyGroup: 'group',
};

/** People reach a group through so many nested groups before that counts as deep. */
export const mostLevels = 3;

/** Values of fields in a group's details; one of them is enough. */
export type FieldValues = Readonly<Record<string, readonly string[]>>;

/** What rights and groups of a service mean. What it leaves out is not known, so nothing is found by it. */
export interface AccessModel {
  /** Every right that the service has, by what it allows; absent where it has none. Any other may allow anything. */
  readonly rights?: {
    readonly admin: readonly string[];
    readonly edit: readonly string[];
    readonly other: readonly string[];
  };
  /** Kinds of groups that somebody should administer. */
  readonly administered?: readonly string[];
  /** Groups of which the service does not tell all members, so that nothing follows from members that are missing. */
  readonly untold?: FieldValues;
  /** Personal workspaces whose owner is gone. */
  readonly ownerless?: FieldValues;
  /** The group whose members administer all the others. */
  readonly administrators?: { readonly kind: string; readonly name: string };
  /** Principals that exist have a name or an e-mail address. */
  readonly namesAll?: true;
}

export interface FindingRules {
  readonly ids: readonly FindingId[];
  /** Tenants that findings are told of; absent for all. Nested groups are looked through in all. */
  readonly tenantIds?: readonly string[];
  /** By the provider's id. */
  readonly access: Readonly<Record<string, AccessModel>>;
  /** More members are too many for the built-in group of administrators. */
  readonly mostBuiltInAdmins: number;
  /** More groups are too many to administer. */
  readonly mostAdministered: number;
}

/** A finding by the keys of the store; what it shows is read when it is shown. */
export interface FindingRow {
  readonly finding: FindingId;
  /** Of somebody wherever they are: one of their groups. */
  readonly grp: number;
  readonly principal?: number;
  readonly dup?: number;
  readonly access?: number | null;
  /** Members, groups or levels, where the finding is of a number. */
  readonly count?: number;
  /** Nested groups that are passed. */
  readonly through?: readonly number[];
}

/** Names one finding for good, whatever is loaded anew. With another right it is another finding. */
export interface FindingRef {
  readonly finding: FindingId;
  readonly tenantId: string;
  /** Empty where it is about somebody wherever they are. */
  readonly groupId: string;
  /** Empty where it is about a group. */
  readonly memberId: string;
  /** Empty where there is none. */
  readonly accessRight: string;
}

/** All that is shown of a finding. */
export interface FindingDetail extends FindingRef {
  readonly tenantName: string;
  readonly provider: string;
  /** The row of the tree. */
  readonly target: Required<Pick<Target, 'tenantId' | 'groupId'>> & { readonly memberId?: string };
  readonly groupName: string;
  readonly groupKind: string;
  readonly member?: FindingMember;
  readonly count?: number;
  readonly through?: readonly string[];
  /** Of the group's members. */
  readonly state: ListingState;
  readonly asOf?: string;
}

export interface FindingMember {
  readonly name: string;
  readonly email?: string;
  readonly identifier: string;
  readonly principalType: string;
  readonly isGuest: boolean;
}

/** A finding that somebody decided to live with. */
export interface IgnoredFinding extends FindingRef, IgnoreNote {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly tenantName: string;
  readonly provider: string;
  /** As they are named now; else their ids. */
  readonly groupName: string;
  readonly memberName: string;
  /** The row of the tree, where there is one. */
  readonly target?: Target;
  /** Whether it would be found now; absent where that was not looked at, or could not be. */
  readonly isFound?: boolean;
}

export interface IgnoreNote {
  readonly reason: string;
  /** The user of the computer. */
  readonly by: string;
}

/** For how much of a tenant the findings hold. */
export interface FindingCoverage {
  readonly tenantId: string;
  readonly name: string;
  readonly provider: string;
  /** Groups that are known. */
  readonly groups: number;
  /** Those whose members are known completely. */
  readonly looked: number;
  /** Of the list of groups. */
  readonly state: ListingState;
}

/** A part of what was found; the last one says for how much it holds. */
export interface FindingSlice {
  readonly rows: readonly FindingRow[];
  readonly end?: { readonly coverage: readonly FindingCoverage[]; readonly ignored: readonly IgnoredFinding[] };
}

const gravity: readonly (Severity | 'off')[] = ['high', 'medium', 'low', 'off'];

/** All findings, the gravest first. */
export function byGravity(severities: Severities): readonly FindingId[] {
  return findingIds.toSorted((one, other) => gravity.indexOf(severities[one]) - gravity.indexOf(severities[other]));
}

/** Whether a finding can be made at all where groups and rights mean this. */
export function applies(finding: FindingId, access: AccessModel = {}): boolean {
  switch (finding) {
    case 'noAdmin':
    case 'oneAdmin':
      return access.rights !== undefined && (access.administered ?? []).length > 0;
    case 'guestCanEdit':
    case 'appAdmin':
    case 'adminOfMany':
      return access.rights !== undefined;
    case 'orphanedPersonal':
      return access.rights !== undefined || access.ownerless !== undefined;
    case 'builtInAdmins':
      return access.administrators !== undefined;
    case 'nameless':
      return access.namesAll === true;
    default:
      return true;
  }
}
