import type { Target } from '../core/target.ts';

/** One line of a tooltip. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** What a row looks like now, as plain data. */
export interface Look {
  readonly label: string;
  readonly description?: string;
  /** Id of a product icon. */
  readonly icon?: string;
  /** Id of a theme colour. */
  readonly color?: string;
  /** Flags for the `when` clauses of menus. */
  readonly context: string;
  /** What a screen reader says. */
  readonly spoken: string;
  /** Name of the command that a click runs. */
  readonly click?: { readonly command: string; readonly title: string };
}

/**
 * A row of the tree: also the target that commands get. VS Code knows rows by identity, so a row stays the same
 * object for as long as what it stands for is shown.
 */
export interface Row extends Target {
  readonly id: string;
  readonly parent: Row | undefined;
  look(): Look;
  /** For the tooltip, when it is wanted: its words are loaded then. */
  facts?(): Promise<readonly Fact[]>;
  /** Rows below it; a row without this is a leaf. */
  children?(): readonly Row[] | Promise<readonly Row[]>;
}
