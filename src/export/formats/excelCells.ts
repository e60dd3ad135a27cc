export type CellValue = string | boolean | null;

/** More than these characters Excel refuses in a cell. */
const longest = 32_767;

/**
 * A row of a sheet. Texts are inline strings, so nothing in them is ever calculated; what is null has no cell.
 * @param style the number of a style in the workbook
 */
export function sheetRow(number: number, values: readonly CellValue[], style = 0): string {
  const styled = style === 0 ? '' : ` s="${style}"`;
  let cells = '';
  for (const [column, value] of values.entries()) {
    if (value === null) continue;
    const at = `r="${columnName(column)}${number}"${styled}`;
    cells +=
      typeof value === 'boolean'
        ? `<c ${at} t="b"><v>${value ? 1 : 0}</v></c>`
        : `<c ${at} t="inlineStr"><is><t${keepsSpace(value)}>${cellText(value)}</t></is></c>`;
  }
  return `<row r="${number}">${cells}</row>`;
}

/** A to Z: there are no more columns than that. */
function columnName(column: number): string {
  return String.fromCharCode(0x41 + column);
}

function keepsSpace(text: string): string {
  return /^\s|\s$|\n/u.test(text) ? ' xml:space="preserve"' : '';
}

/** What XML cannot hold, a carriage return that it would not keep, and what Excel would take for such an escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const needsEscape = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;
const markup: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Nearly all texts are plain. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const isPlain = /^[^\u0000-\u001f&<>_\ud800-\udfff\ufffe\uffff]*$/;

function cellText(text: string): string {
  const whole = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  if (isPlain.test(whole)) return whole;
  return whole
    .toWellFormed()
    .replace(needsEscape, (found) => `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>]/g, (found) => markup[found] ?? found);
}
