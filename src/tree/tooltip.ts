import type { Fact } from './row.ts';

/**
 * Facts as a tooltip. A plain text is the one form in which VS Code shows names and values as they are: even escaped,
 * Markdown makes links of what looks like an address. Rows have words of their own for screen readers.
 */
export function toTooltip(facts: readonly Fact[]): string {
  return facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
}
