/** A path in one cell of a table, such that it can be read back. */
export function pathCell(path: readonly string[]): string {
  return path.length === 0 ? '[]' : JSON.stringify(path);
}
