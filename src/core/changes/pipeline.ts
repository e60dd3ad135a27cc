import type { UnfinishedPlan } from './changeLog.ts';
import type { Change, ChangePrincipal, Plan, PlanResult, Wish } from './changes.ts';

/** How far a plan is. */
export interface ApplyProgress {
  readonly done: number;
  readonly total: number;
}

/** Who was found to be added to a group. */
export interface FoundPrincipals {
  readonly principals: readonly ChangePrincipal[];
  /** Nobody could be asked: there is no directory for this tenant, or it refused. In plain words. */
  readonly problem?: string;
}

/**
 * The one way in which access is changed: `plan`, let the user look and agree, `apply`. Nothing is sent to change
 * anything by any other way, and nothing while the tenant is read-only.
 */
export interface Changes {
  /**
   * What is to be done for some wishes. Groups whose members are not known, or not of late, are read first: as of a
   * minute ago, or with more than a hundred groups of an hour ago. Changes nothing.
   * @throws AppError `cancelled`
   */
  plan(wishes: readonly Wish[], signal: AbortSignal, options?: PlanOptions): Promise<Plan>;
  /**
   * Carries out a plan that the user agreed to. Each change is in the change log before it is sent, and what became of it
   * after. Changes of one group come one after the other in the plan's order; groups come side by side, as many as the
   * setting allows. A write is sent once; only one that the service certainly did not do (429, an expired token) is sent
   * again. Where it is not certain the group is read back and shows it. When a group's changes are done it is read back.
   * - A refused change does not stop the others, but in its group nothing is taken away any more: what was to take its
   *   place is not there.
   * - No network, no sign-in, no answer, a long wait: the plan stops, as it does when `signal` aborts. What was sent by
   *   then is waited for.
   * Resolves to what became of each change, whatever that is; `remainingWishes` of it resume it, `undoWishes` undo it.
   * @throws AppError `invalid` for a plan with blockers, `forbidden` for a tenant that is read-only: then nothing was sent
   */
  apply(plan: Plan, options: ApplyOptions): Promise<PlanResult>;
  /** Scopes one of which the tenants' tokens lack for a plan, as far as the tokens tell. */
  missingScopes(plan: {
    readonly changes: readonly Pick<Change, 'tenantId' | 'kind'>[];
  }): Promise<readonly MissingScope[]>;
  /** Whom a tenant's directory knows by the beginning of their name or e-mail address. Never fails. */
  search(tenantId: string, text: string, signal: AbortSignal): Promise<FoundPrincipals>;
  /** What members of a group can be given, and who can be one. */
  offers(tenantId: string, groupId: string): Promise<Offers>;
  /** Says of entries of the change log that they are taken back: what they did is not there any more. */
  noteUndone(keys: readonly number[]): Promise<void>;
  /** Plans that a window left unfinished when it ended. */
  unfinished(): Promise<readonly UnfinishedPlan[]>;
  /**
   * Reads the groups of what an unfinished plan had begun: the log says then what was done nevertheless, and what was not
   * as soon as it is given up. What cannot be read stays as it is.
   */
  settle(plan: string, signal: AbortSignal): Promise<void>;
  /**
   * Gives up what is left of an unfinished plan: it is told as not done, or as of unknown outcome. Resolves to the keys of
   * what was given up; of several windows that do at once, each entry is one's.
   */
  giveUp(plan: string): Promise<readonly number[]>;
}

export interface PlanOptions {
  /** To look at only: as if the tenants allowed changes. `apply` takes no plan for one that does not. */
  readonly isPreview?: boolean;
  /**
   * When a group is known to have been changed, or without one the list of them, as `Date.now`: it is planned for by what
   * was read of it after.
   */
  touchedAt?(tenantId: string, groupId?: string): number | undefined;
}

export interface ApplyOptions {
  readonly signal: AbortSignal;
  onProgress?(progress: ApplyProgress): void;
}

export interface MissingScope {
  readonly tenantId: string;
  /** Any of these would do. */
  readonly scopes: readonly string[];
}

export interface Offers {
  /** The strongest first; empty where the service has no rights. */
  readonly rights: readonly string[];
  readonly principalTypes: readonly string[];
}
