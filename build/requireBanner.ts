const line = "import{createRequire as _makeRequire}from'node:module';const require=_makeRequire(import.meta.url);";

/**
 * Bundled CommonJS packages call `require` for Node's own modules; an ES module has none. No name that the minifier makes
 * is as long as its name.
 */
export const banner = { js: line };

/** Takes the banner out of a bundle that has no use for it; its line stays, for the source map's sake. */
export function withoutIdleBanner(text: string): string {
  if (!text.startsWith(line)) return text;
  const code = text.slice(line.length);
  return /\brequire\b/.test(code) ? text : code;
}
