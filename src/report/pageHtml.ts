import { escapeHtml } from '../core/text/escapeHtml.ts';

/** Where the parts of the page are, as a webview addresses them. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** From where styles may come. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly title: string;
  /** Of the words on it: a BCP 47 tag. */
  readonly language: string;
}

/** The page in VS Code: nothing but its own script and style, and no network at all. */
export function pageHtml({ script, style, cspSource, nonce, title, language }: PageParts): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${cspSource}; base-uri 'none'; form-action 'none'`;
  return document(language, title, [
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`,
    `<link rel="stylesheet" href="${escapeHtml(style)}">`,
    `<script nonce="${escapeHtml(nonce)}" type="module" src="${escapeHtml(script)}"></script>`,
  ]);
}

/** A document whose body the script makes. */
export function document(language: string, title: string, head: readonly string[], body = ''): string {
  return [
    '<!DOCTYPE html>',
    `<html lang="${escapeHtml(language)}">`,
    '<head>',
    '<meta charset="utf-8">',
    ...head,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    '</head>',
    `<body><main id="report"></main>${body}</body>`,
    '</html>',
    '',
  ].join('\n');
}
