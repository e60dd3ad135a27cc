/** Several texts for the clipboard, one a line; a line break inside would make two of one. */
export function lines(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[\r\n]+/g, ' ')).join('\n');
}
