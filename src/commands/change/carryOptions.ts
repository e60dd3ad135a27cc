import type { Change } from '../../core/changes/changes.ts';
import type { PlanOptions } from '../../core/changes/pipeline.ts';

/** How a plan of many wishes is shown and carried out. */
export interface CarryOptions extends Pick<PlanOptions, 'touchedAt'> {
  /** What is to be known beside the plan, before it is agreed to. */
  readonly remarks?: readonly string[];
  /** What cannot be done is told and left out, and the rest is done; else nothing is. */
  readonly leavesOut?: true;
  /** Why a change that would be possible is not wanted as things are now: it is told and left out. */
  unwanted?(change: Change): string | undefined;
  /** What is to be known of a change. */
  tell?(change: Change): string | undefined;
}
