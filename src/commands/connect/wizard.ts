import type { Answer } from '../../core/ui.ts';

/** Where a step stands in its dialog; spread into the options of `Ui`. */
export interface Place {
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** One question: resolves to the state with the answer in it. */
export type Step<S> = (state: S, place: Place) => Promise<Answer<S>>;

/**
 * Asks step by step, with a way back. Which steps there are may depend on the answers so far; those that come later
 * must depend on earlier ones alone. @param start where to begin: a finished walk, to go on from its last step
 */
export async function walk<S>(steps: (state: S) => readonly Step<S>[], start: Walk<S>): Promise<Walk<S>> {
  const before = [...start.before];
  let state = start.state;
  for (;;) {
    const all = steps(state);
    const step = all[before.length];
    if (!step) return { state, before };
    const answer = await step(state, { step: before.length + 1, totalSteps: all.length, canGoBack: before.length > 0 });
    if (answer !== 'back') {
      before.push(state);
      state = answer.value;
    } else {
      // What was answered on later steps stays as their proposal.
      before.pop();
    }
  }
}

/** The answers, and how they were before each step. */
export interface Walk<S> {
  readonly state: S;
  readonly before: readonly S[];
}

/** Back to the last step, its answer being the proposal. */
export function backToLastStep<S>({ state, before }: Walk<S>): Walk<S> {
  return { state, before: before.slice(0, -1) };
}
