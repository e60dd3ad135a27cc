import { safeText } from '../../core/text/text.ts';

/**
 * Text that Markdown shows as it is: what could begin a link, an image, HTML, an entity, code, emphasis, a formula or
 * another cell is escaped; so are the beginnings of addresses, which some make links of, and what would be a list or a
 * heading at the beginning of a line or of an item. One line.
 */
export function literal(text: string): string {
  return safeText(text)
    .replace(/[\\`*_~[\]<>&|!#$]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/www\./gi, (found) => `${found.slice(0, 3)}\\.`)
    .trim()
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)(?=[.)])/, '$1\\');
}
