import { shorten } from './text.ts';

/** The body of an error as JSON; undefined where it is none. */
export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

/** The words of a body that is neither JSON nor a page: a gateway before the service may answer with a line of text. */
export function plainWords(body: string): string | undefined {
  return /^\s*[<{["]/.test(body) ? undefined : shorten(body);
}
