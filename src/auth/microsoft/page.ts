import { escapeHtml } from '../../core/text/escapeHtml.ts';

/** What the browser shows at the end of a sign-in. */
export function page(title: string, text: string): string {
  const [heading, words] = [title, text].map(escapeHtml);
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${heading}</title></head><body style="font-family:system-ui,sans-serif;margin:15vh auto;max-width:34rem;text-align:center"><h1>${heading}</h1><p>${words}</p></body></html>`;
}
