import type { Columns } from './details.ts';

/**
 * Text as SQLite gives it back on every version of Node: half a surrogate pair would come back as U+FFFD, and a NUL
 * would cut the text short. Done before ids are compared, so that two of them never become one.
 */
export function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\u2400') : whole;
}

/** How `details` of a member may be told by its columns. The order is part of the stored form. */
export function memberColumns(row: {
  readonly id: string;
  readonly name: string;
  readonly email?: string | null | undefined;
  readonly identifier: string;
  readonly principalType: string;
  readonly source?: string | null | undefined;
  readonly accessRight?: string | null | undefined;
}): Columns {
  return [row.accessRight, row.name, row.email, row.identifier, row.id, row.principalType, row.source];
}

/** How `details` of a group may be told by its columns. The order is part of the stored form. */
export function groupColumns(row: { readonly id: string; readonly name: string; readonly kind: string }): Columns {
  return [undefined, row.id, row.name, row.kind];
}

/** As much of a sort key as a membership repeats: most names whole, so that hardly any must be sorted for a page. */
const prefixLength = 24;

/** How a sort key begins. Never half a surrogate pair, which would break the order. */
export function sortPrefix(sortKey: string): string {
  const last = sortKey.charCodeAt(prefixLength - 1);
  return sortKey.slice(0, last >= 0xd800 && last < 0xdc00 ? prefixLength + 1 : prefixLength);
}
