import type { Capability } from '../provider/capability.ts';

/** What can be changed; a provider's capabilities say which of them it can. */
export type ChangeKind = Capability;

/** Somebody whom a change is about, as the service is told of them. */
export interface ChangePrincipal {
  /** E-mail address or user principal name, object id, or a directory's own id. */
  readonly identifier: string;
  /** `user group app robot`. */
  readonly principalType: string;
  readonly name: string;
  readonly email?: string;
  /** Of an app that is a member by one of its profiles. */
  readonly profileId?: string;
  /** How that is called. */
  readonly profileName?: string;
  /** Where the principal lives, as the service names it. */
  readonly source?: string;
}

/** What somebody wants. Which parts it needs follows from its kind; `makePlan` says what is missing. */
export interface Wish {
  readonly kind: ChangeKind;
  readonly tenantId: string;
  /** Our own id; absent for `createGroup` and `refreshUserPermissions`. */
  readonly groupId?: string;
  /** Of `addMember changeAccessRight removeMember`. */
  readonly principal?: ChangePrincipal;
  /** The right wanted, where the service has rights. */
  readonly accessRight?: string;
  /** The name wanted, of `createGroup renameGroup`; of `restoreGroup` where another one is wanted. */
  readonly name?: string;
  /** Of `restoreGroup`: the e-mail address of who administers the group then. */
  readonly owner?: string;
  /** What is thought to be so now; where it is not, the plan says so. `null`: no member. */
  readonly expected?: { readonly accessRight?: string } | null;
  /** The entries of the change log that this takes back. */
  readonly undoes?: readonly number[];
}

/** How a membership or a group is before or after a change. */
export interface ChangeState {
  /** Of a membership; absent where the service has none. */
  readonly accessRight?: string;
  /** Of a group. */
  readonly name?: string;
  /** Of a group that is restored. */
  readonly owner?: string;
}

/** One change of a plan. `before` is absent where something comes to be, `after` where it goes. */
export interface Change {
  readonly kind: ChangeKind;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly groupId?: string;
  /** As the group is called before. */
  readonly groupName?: string;
  readonly principal?: ChangePrincipal;
  readonly before?: ChangeState;
  readonly after?: ChangeState;
  /** The service cannot change a right: the member is removed and added again, and has no access between. */
  readonly isRemovedAndAdded?: true;
  readonly undoes?: readonly number[];
}

export type ProblemCode =
  | 'tooMany'
  | 'noTenant'
  | 'readOnly'
  | 'notOffered'
  | 'noGroup'
  | 'noPrincipal'
  | 'badPrincipal'
  | 'principalType'
  | 'isGroup'
  | 'noRight'
  | 'unknownRight'
  | 'needlessRight'
  | 'noName'
  | 'nameTaken'
  | 'badOwner'
  | 'builtIn'
  | 'personal'
  | 'deleted'
  | 'notDeleted'
  | 'localGroup'
  | 'ambiguous'
  | 'ambiguousGroup'
  | 'notMember'
  | 'duplicate'
  | 'contradiction'
  | 'changedSince'
  | 'tooSoon';

/** What is wrong with a wish. */
export interface PlanProblem {
  /** Index of the wish; -1 for all of them. */
  readonly wish: number;
  readonly code: ProblemCode;
  /** Index of the wish that it repeats or contradicts. */
  readonly other?: number;
  /** Rights that there are, where one is unknown; what is so now, where it has changed; when it is time, where it is not. */
  readonly values?: readonly string[];
  /** The rest can be done nevertheless; else nothing of the plan is. */
  readonly isWarning?: true;
}

/** What deserves a second thought: the group's name is to be typed. */
export interface PlanRisk {
  /**
   * `unknownAdmins`: an administrator goes, or may go, and who else is one is not known. `unknownOwn`: a group goes by
   * which one's own account may be there.
   */
  readonly code: 'lastAdmin' | 'unknownAdmins' | 'ownAccess' | 'unknownOwn' | 'deletesGroup';
  readonly tenantId: string;
  readonly tenantName: string;
  readonly groupId: string;
  readonly groupName: string;
}

/** What is to be done, in order. Plain data. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Indexes of wishes that are so already. */
  readonly unchanged: readonly number[];
  readonly problems: readonly PlanProblem[];
  readonly risks: readonly PlanRisk[];
  /** Groups whose members are not all known, so that what is so before may be wrong. */
  readonly gaps: readonly { readonly tenantId: string; readonly groupId: string; readonly groupName: string }[];
}

/** Nothing of a plan with such problems can be done. */
export function blockers(plan: Plan): readonly PlanProblem[] {
  return plan.problems.filter(({ isWarning }) => !isWarning);
}

/**
 * What became of a change.
 * - `planned`: not begun; `begun`: sent or about to be, and nothing is known of it yet.
 * - `applied`: the service did it, as it said or as reading back showed; `unchanged`: it was so already.
 * - `failed`: the service refused it, or never got it.
 * - `unknown`: the service did not say, and reading back did not show it.
 * - `notDone`: never sent, because the plan was stopped before.
 */
export type ChangeOutcome = 'planned' | 'begun' | 'applied' | 'unchanged' | 'failed' | 'unknown' | 'notDone';

/** A change with what became of it. */
export interface ChangeResult {
  readonly change: Change;
  /** Its entry in the change log. */
  readonly key: number;
  readonly outcome: ChangeOutcome;
  /** Plain words; contains the service's own. */
  readonly reason?: string;
  /** Whether the group, read back, shows it; absent where it could not be read. */
  readonly isSeen?: boolean;
}

export interface PlanResult {
  /** In the plan's order. */
  readonly results: readonly ChangeResult[];
  /** Why the plan ended early. */
  readonly stopped?: { readonly reason: string; readonly isCancelled: boolean; readonly retryAt?: string };
}

/** An entry of the change log. */
export interface LoggedChange extends ChangeResult {
  /** Of the plan that it belongs to. */
  readonly plan: string;
  /** When it was begun, or planned; ISO 8601 in UTC. */
  readonly at: string;
  readonly account?: string;
  readonly requestId?: string;
  /** An undo of it was applied. */
  readonly isUndone: boolean;
}
