import type { StoreReader } from '../core/store.ts';
import type { Sync } from '../core/sync.ts';
import type { Translate } from '../core/text/translate.ts';

/** What tools read. None of them changes anything, and none reads a tenant whole. */
export interface ToolDeps {
  readonly reader: StoreReader;
  readonly sync: Pick<Sync, 'load' | 'completeness'>;
  readonly t: Translate;
}

/** What the user is told before a tool runs, translated. May hold remote text. */
export interface Plan {
  readonly doing: string;
  /** The question where it would send requests. */
  readonly question?: { readonly title: string; readonly message: string };
}

/** A tool of the manifest's `languageModelTools`. What the model reads is English in every language: it answers in the user's. */
export interface Tool<Told extends object = object> {
  readonly name: string;
  /**
   * Reads the store at most: it may be asked for and never followed by a run.
   * @throws AppError as `run`
   */
  plan(deps: ToolDeps, input: unknown): Plan;
  /**
   * @param input as the model made it: unchecked
   * @returns what is told to the model as JSON
   * @throws AppError `invalid` or `notFound`, in words that a model can act on; `cancelled`
   */
  run(deps: ToolDeps, input: unknown, signal: AbortSignal): Promise<Told>;
}
