import { safeText } from './text.ts';

/**
 * Remote text for a document in Markdown, in one line: there, too, a link may be one to a command, which a click runs.
 */
export function markdownText(text: string): string {
  return safeText(text).replace(/[\\[\]<`]/g, (character) => `\\${character}`);
}
