import type { FindingId, FindingRef, FindingRules, Severities } from './findings.ts';

/** What is looked for, as the settings and the providers have it now. */
export interface FindingPlan {
  readonly rules: FindingRules;
  readonly severities: Severities;
}

/** A finding in the user's language. */
export interface FindingText {
  readonly title: string;
  readonly why: string;
  /** What to do. */
  readonly advice: string;
}

/** What the view "Findings" can be told; commands know no more of it. */
export interface FindingsView {
  plan(): Promise<FindingPlan>;
  text(finding: FindingId): FindingText;
  /** Findings of these rows, else of those that are selected; ignored ones, or the others. */
  meant(rows: readonly unknown[], isIgnored: boolean): readonly FindingRef[];
  /** Finds anew and shows the view. */
  refresh(): Promise<void>;
  /** Shows one page more of the list that a row "Load more" stands in. */
  showMore(row: unknown): void;
}
