import { createHash } from 'node:crypto';
import { document } from './pageHtml.ts';
import type { Shown } from './protocol.ts';

/** The bundled parts of the page. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/**
 * The report as one file that needs nothing else: its own policy allows exactly this script and this style, and no
 * network. The data is text that no browser runs.
 */
export function savedHtml(shown: Shown, { script, style }: PageFiles): string {
  const code = inScript(script);
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(code)}'`,
    `style-src '${hashOf(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = [`<meta http-equiv="Content-Security-Policy" content="${policy}">`, `<style>${style}</style>`];
  const data = `<script id="data" type="application/json">${inertJson(shown)}</script>`;
  const { report, texts, language } = shown;
  return document(language, `${texts.heading}: ${report.title}`, head, `${data}\n<script>${code}</script>`);
}

/** JSON in which nothing can end the element that it stands in. */
function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A bundle may hold the end tag of its own element in a text. */
function inScript(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, '\\x3C');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
