/** The name that is offered for a file: the same on another day is another one. */
export function datedName(name: string, { extension }: { readonly extension: string }): string {
  return `${name}-${new Date().toISOString().slice(0, 10)}.${extension}`;
}
