import type { Translate } from './translate.ts';

/** Translates, and writes numbers as a language does. */
export function withNumbers(t: Translate, language: string): Translate {
  const numbers = new Intl.NumberFormat(language);
  return (message, ...values) =>
    t(message, ...values.map((value) => (typeof value === 'number' ? numbers.format(value) : value)));
}
