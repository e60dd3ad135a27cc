/** At most so many uses within any so many milliseconds. */
export interface BudgetLimit {
  readonly most: number;
  readonly within: number;
}

/** What a service allows of a kind of request; all windows share what is left of it. */
export interface Budget {
  /** Equal for requests that are counted together. */
  readonly key: string;
  readonly limits: readonly BudgetLimit[];
}

/** What asking for one use came to: it is counted, or nothing is and `waitUntil` says when one will be allowed. */
export interface BudgetAnswer {
  /** ISO 8601, in UTC. */
  readonly waitUntil?: string;
}
