import type { Translate } from '../core/text/translate.ts';
import { partTexts, reasonTexts } from './reasonTexts.ts';

/** Of what is looked through; a provider of another extension may say any amount. */
const longest = 1000;

/**
 * A failure's reason in the user's language. It may be several of our texts behind each other; what is none of them, a
 * service's own words above all, stays as it is.
 */
export function tellReason(t: Translate, reason: string): string {
  if (reason.length > longest) return reason;
  if (made?.t !== t) made = { t, ...translation(t) };
  return translated(made, reason);
}

interface Translation {
  readonly texts: readonly { readonly pattern: RegExp; readonly text: string }[];
  readonly parts: ReadonlyMap<string, string>;
}

/** A tree may show the reasons of thousands of groups. */
let made: (Translation & { readonly t: Translate }) | undefined;

function translation(t: Translate): Translation {
  const texts = reasonTexts(t);
  const parts = partTexts(t);
  const pairs = reasonTexts(asItIs).map((original, index) => ({ original, text: texts[index] ?? original }));
  return {
    // The longest first: a short one with a value in it may fit, too.
    texts: pairs
      .filter(({ original, text }) => text !== original)
      .toSorted((a, b) => b.original.length - a.original.length)
      .map(({ original, text }) => ({ pattern: patternOf(original), text })),
    parts: new Map(partTexts(asItIs).map((original, index) => [original, parts[index] ?? original])),
  };
}

const asItIs = (text: string) => text;

function translated(translation: Translation, reason: string): string {
  const part = translation.parts.get(reason);
  if (part !== undefined) return part;
  for (const { pattern, text } of translation.texts) {
    const found = pattern.exec(reason);
    if (!found) continue;
    const [all, ...values] = found;
    const told = text.replace(/\{(\d)\}/g, (_, place: string) => translated(translation, values[Number(place)] ?? ''));
    const [before, after] = [reason.slice(0, found.index), reason.slice(found.index + all.length)];
    return translated(translation, before) + told + translated(translation, after);
  }
  return reason;
}

/** The text with any values: one at its end takes all that follows, one within it keeps to its sentence. */
function patternOf(text: string): RegExp {
  const source = text
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{\d\}$/, '([^]*)')
    .replace(/([“"])\{\d\}/g, '$1([^”"]*)')
    .replace(/\{\d\}/g, '((?:[^.:;]|\\.(?=\\S))*?)')
    .replace(/\.$/, '.(?!\\S)');
  return new RegExp(source);
}
