/** Where something stands in a text. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Something to be marked in a text. `error`: what the text asks for cannot be done. */
export interface FileProblem {
  readonly span: Span;
  readonly severity: 'error' | 'warning' | 'info';
  /** Shown literally, so it may be remote. */
  readonly message: string;
}

/** A text file in an editor, as it is there: saved or not. */
export interface EditedFile {
  readonly uri: string;
  readonly text: string;
}

/** What is wrong in another text of a file; nothing where that cannot be told. Never fails. */
export type CheckAgain = (text: string) => Promise<readonly FileProblem[] | undefined>;
