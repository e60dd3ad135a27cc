/** A text in the user's language, with `{0}`, `{1}` … replaced: VS Code's `l10n.t`. Call it with literal texts only. */
export type Translate = (message: string, ...args: (string | number | boolean)[]) => string;
