/**
 * Text folded for comparison: compatibility forms unified, accents, strokes and case dropped. Only the accents of Latin,
 * Greek and Cyrillic go: in other scripts such marks are letters (ガ is not カ).
 */
export function foldText(text: string): string {
  // Most of them; a load folds some for every row.
  if (ascii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .toLowerCase()
    .replace(/[łđøħıæœß]/g, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFKC');
}

const ascii = /^[\0-\x7f]*$/;

/** Letters that have a stroke or are two in one, rather than an accent. */
const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  đ: 'd',
  ø: 'o',
  ħ: 'h',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
};

/**
 * A key whose plain order is the natural one: folded, numbers by their value ("Workspace 2" before "10").
 * Each run of digits is led by its length, so that longer numbers come later.
 */
export function sortKey(text: string): string {
  return foldText(text)
    .trim()
    .replace(/\d+/g, (digits) => {
      const value = digits.replace(/^0+(?=\d)/, '');
      return String.fromCharCode(0x30 + Math.min(value.length, 75)) + value;
    });
}

/** Control and format characters, separators of lines, and the Hangul fillers, which are letters that show nothing. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** The joiners, which Persian and Indic names and emoji are written with, and the format characters that do show. */
const harmless = new Set([0x200c, 0x200d, 0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6dd, 0x8e2]);

/**
 * Remote text made safe to show: control, bidi and other invisible characters become visible marks (U+202E → ‹U+202E›),
 * so that a name can neither hide nor reorder what stands around it.
 */
export function safeText(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (harmless.has(code)) return character;
    if (code === 0x09 || code === 0x0a || code === 0x0d) return ' ';
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}
