import type { CheckAgain, EditedFile, FileProblem } from './editedFile.ts';
import type { ErrorKind } from './errors.ts';

export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Id of a product icon. */
  readonly icon?: string;
  /** Chosen from the start; where one is to be chosen, what Enter alone takes. */
  readonly isPicked?: boolean;
  /** In a search: another way to choose it, at the end of its row. */
  readonly button?: { readonly icon: string; readonly title: string };
  readonly value: T;
}

export interface StepOptions {
  readonly title: string;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly placeholder?: string;
  readonly canGoBack?: boolean;
}

/** What a step of a dialog came to; a dialog that is closed throws AppError `cancelled` instead. */
export type Answer<T> = { readonly value: T } | 'back';

export interface InputOptions extends StepOptions {
  readonly prompt?: string;
  readonly value?: string;
  readonly isSecret?: boolean;
  /** Said while typing; nothing when the value is fine. Never contains remote text. */
  readonly validate?: (value: string) => string | undefined;
}

export interface SaveOptions {
  readonly title: string;
  /** Without a folder. */
  readonly name: string;
  readonly type: { readonly label: string; readonly extension: string };
}

/** Choices that are looked up while the user types. */
export interface SearchOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  /** What is typed already. */
  readonly text: string;
  search(text: string): Promise<SearchResult<T>>;
}

export interface SearchResult<T> {
  readonly choices: readonly Choice<T>[];
  /** Said beside the title; empty where there is nothing to say. */
  readonly remark: string;
}

/** What was chosen, what was typed then, and whether it was chosen by its button. */
export interface Searched<T> {
  readonly value: T;
  readonly text: string;
  readonly isByButton: boolean;
}

/** A step of the walkthrough that is done when its effect is there, not when its command was merely run. */
export type WalkthroughStep = 'sampleTenants' | 'ownTenant' | 'person' | 'snapshot' | 'change';

/** What commands ask of the user. Every method may be aborted; closing a dialog throws AppError `cancelled`. */
export interface Ui {
  pick<T>(choices: readonly Choice<T>[], options: StepOptions, signal?: AbortSignal): Promise<Answer<T>>;
  /** Any number of them, none included. */
  pickMany<T>(choices: readonly Choice<T>[], options: StepOptions, signal?: AbortSignal): Promise<Answer<readonly T[]>>;
  search<T>(options: SearchOptions<T>, signal?: AbortSignal): Promise<Searched<T>>;
  input(options: InputOptions, signal?: AbortSignal): Promise<Answer<string>>;
  /** Lets the user choose a file and reads it. Nothing when they choose none. @throws AppError `invalid` when it is large */
  pickTextFile(
    options: { readonly title: string; readonly extensions: readonly string[] },
    signal?: AbortSignal,
  ): Promise<string | undefined>;
  /** A modal. Resolves to the chosen button's value, or undefined. Its text is shown literally, so it may be remote. */
  confirm<T>(
    message: string,
    detail: string,
    buttons: readonly { readonly label: string; readonly value: T }[],
  ): Promise<T | undefined>;
  /** A notification. Its renderer runs links, so `message` is never remote text. */
  inform(message: string): void;
  /** As `inform`, with one button. Resolves to whether it was clicked, when the notification is gone. */
  offer(message: string, button: string): Promise<boolean>;
  /** As `inform`, of something that went wrong. */
  warn(message: string): void;
  copy(text: string): Promise<void>;
  /** Opens an https address in the browser. */
  openExternal(url: string): Promise<void>;
  /** Opens a read-only document beside the editors. */
  showDocument(title: string, language: 'json' | 'markdown', text: string): Promise<void>;
  /** Opens two read-only texts in the diff editor. */
  showDiff(title: string, before: string, after: string, language?: 'json'): Promise<void>;
  /** Opens a text as a file that is saved nowhere yet. */
  openNewFile(name: string, text: string): Promise<void>;
  /**
   * The file that a command is about: the one that VS Code names in the command's first argument, else that of the active
   * editor, else the one asked for last or the only one that is open, else one that the user chooses and that is opened.
   * Its name ends with `ending`. @throws AppError `cancelled`
   */
  editedFile(options: { readonly title: string; readonly ending: string }, given: unknown): Promise<EditedFile>;
  /**
   * Marks what is wrong in an open file, until it is marked again or closed; with an error, brings it to the front.
   * @param again what is wrong in a text of it that is saved while there are problems
   */
  markProblems(uri: string, problems: readonly FileProblem[], again?: CheckAgain): Promise<void>;
  /** Where to write a file on this computer; whether an existing one may be replaced is asked by the dialog. */
  saveFile(options: SaveOptions): Promise<string>;
  withProgress<T>(
    title: string,
    signal: AbortSignal | undefined,
    task: (progress: { report(message: string): void }, signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  showLog(): void;
  /** Ticks a step of the walkthrough. */
  completeStep(step: WalkthroughStep): void;
  /** What a failure of this kind means and what to do, in the user's language. */
  explain(kind: ErrorKind): string;
  /** The reason that a failure gives, in the user's language; a service's own words stay as they are. */
  tellReason(reason: string): Promise<string>;
  /** Only what happened. */
  tellWhat(kind: ErrorKind): string;
}
