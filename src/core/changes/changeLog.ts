import type { Change, ChangeKind, ChangeOutcome, ChangePrincipal, ChangeState } from './changes.ts';

/** A plan that is about to be carried out. */
export interface NewPlan {
  readonly id: string;
  /** The window that does. */
  readonly owner: string;
  readonly changes: readonly (Change & { readonly account?: string })[];
}

export interface LoggedOutcome {
  readonly outcome?: ChangeOutcome;
  readonly reason?: string;
  readonly requestId?: string;
  readonly isSeen?: boolean;
  /** Of a group that was made. */
  readonly groupId?: string;
  /** As the service knows who was given otherwise. */
  readonly principal?: ChangePrincipal;
  /** It became a change of the right of somebody who was there already. */
  readonly before?: ChangeState;
  /** It was taken back, by whomever. */
  readonly isUndone?: true;
  /** Said by who looked at the group later: only of what was begun, and has no end yet. */
  readonly isAfterwards?: true;
  /**
   * What was planned is not done, and so is what was begun and was looked for in vain; what was begun else is of unknown
   * outcome. What had come to its end stays as it is.
   */
  readonly isGivenUp?: true;
}

export interface ChangeLogQuery {
  readonly tenantId?: string;
  readonly plan?: string;
  readonly keys?: readonly number[];
  readonly kind?: ChangeKind;
  /** Only what was done, or may have been. */
  readonly isDone?: true;
  /** Only older ones. */
  readonly before?: number;
  readonly limit: number;
}

export interface UnfinishedPlan {
  readonly plan: string;
  readonly owner: string;
  readonly changes: number;
  /** When the latest of its changes was begun, or it was planned; ISO 8601 in UTC. */
  readonly at: string;
}
