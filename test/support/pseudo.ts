import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Translate } from '../../src/core/text/translate.ts';
import { bundlePath, manifestBundlePath, readBundle, writeBundle } from './bundles.ts';
import { translate } from './fakeCommandDeps.ts';

/** A language that nobody speaks: each text stands in brackets, so that one without is not translated. */
export const pseudoLanguage = 'qps-ploc';

/** A text in it; what is put into its placeholders stays outside the brackets. */
export function pseudo(text: string): string {
  // Between placeholders, and between the marks of a link.
  return text
    .split(/(\{\d+\}|\n|\[|\]\(command:[\w.]+\))/)
    .map((part, index) => (index % 2 === 0 && /\p{L}/u.test(part) ? `⟦${part}⟧` : part))
    .join('');
}

/** The translate function of a part that is used without VS Code. */
export const translateToPseudo: Translate = (text, ...values) => translate(pseudo(text), ...values);

/** Teaches the language to an extension that is installed. */
export function installPseudoLanguage(extensionFolder: string): void {
  for (const path of [bundlePath, manifestBundlePath]) {
    const texts = Object.entries(readBundle(path())).map(([key, text]) => [key, pseudo(text)]);
    writeBundle(join(extensionFolder, path(pseudoLanguage)), Object.fromEntries(texts));
  }
}

/**
 * What is written in these parts of a page, or read out of them, and is not translated.
 * @param data what is in no language: names, addresses, terms of a service
 */
export async function untranslated(parts: readonly Locator[], data: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(parts.map(textsOf));
  return [...new Set(lists.flat())].filter((text) => untranslatedPart(text, data) !== '');
}

/** What is left of a text without data, times and translated words, if there are words in it. */
export function untranslatedPart(text: string, data: readonly string[]): string {
  const plain = text.replaceAll('\u00a0', ' ');
  // What is too long for its place.
  const cut = /^(.{4,})…$/u.exec(plain)?.[1];
  if (cut !== undefined && data.some((one) => one.startsWith(cut))) return '';
  // The longest first: one may be a part of another.
  const known = data.toSorted((a, b) => b.length - a.length);
  const rest = known.reduce((left, one) => left.replaceAll(one, ' '), plain.replaceAll(inNoLanguage, ' '));
  const part = rest.replaceAll(/⟦[^⟦⟧]*⟧/g, ' ').trim();
  return /\p{L}{2,}/u.test(part) ? part : '';
}

/** Times as VS Code's language has them, English here, also cut; addresses, and ids of requests. */
const inNoLanguage =
  /[A-Z][a-z]{2} \d{1,2}, \d{4}[\d:, ]*(\s[AP]M|\.{3})|\d{1,2}:\d{2}\s[AP]M|http:\/\/[\d.:]+|\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g;

/** Texts that are visible, and those that only a screen reader or a mouse shows. */
function textsOf(parts: Locator): Promise<readonly string[]> {
  return parts.evaluateAll((elements) =>
    elements.flatMap((element) => {
      const found: string[] = [];
      // 4 shows text nodes.
      const walker = element.ownerDocument.createTreeWalker(element, 4);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!parent || ['STYLE', 'SCRIPT'].includes(parent.tagName)) continue;
        // Choices are seen when their list is opened.
        if (parent.tagName !== 'OPTION' && !parent.checkVisibility()) continue;
        // Where letters of a text are marked, it is in pieces.
        const whole = parent.closest('.monaco-highlighted-label') ?? node;
        found.push(whole.textContent ?? '');
      }
      for (const each of [element, ...element.querySelectorAll('[aria-label], [title], [placeholder]')])
        for (const name of ['aria-label', 'title', 'placeholder']) found.push(each.getAttribute(name) ?? '');
      return found.filter((text) => text.trim() !== '');
    }),
  );
}
