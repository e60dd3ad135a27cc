import { foldText } from './text.ts';

/** Scripts that are written without spaces, or whose names are: any character may begin what is looked for. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** One thing that must be in what is found. */
export interface Term {
  /** Folded. */
  readonly text: string;
  /** Of one or two characters: only where a word begins, or in a script without spaces. */
  readonly isShort: boolean;
}

/** The terms of a search, in any order; none where nothing is looked for. */
export function termsOf(query: string): readonly Term[] {
  const texts = foldText(query)
    .split(/\s+/u)
    .filter((text) => text !== '');
  return [...new Set(texts)].map((text) => ({ text, isShort: [...text].length < 3 }));
}

/** What parts of three characters and more are looked up in: name and e-mail. */
export function searchText(name: string, email: string | undefined): string {
  return email === undefined || email === name ? foldText(name) : `${foldText(name)}\n${foldText(email)}`;
}

/** How the words of a `searchText` begin, by one and by two characters. Short terms are looked up in it. */
export function wordStarts(folded: string): string {
  const starts = new Set<string>();
  for (const word of wordsOf(withoutDomains(folded))) {
    const [first = '', second = ''] = word;
    starts.add(first);
    starts.add(first + second);
  }
  return [...starts].join(' ');
}

/** Of e-mails the mailboxes: nearly everybody's domain is the same. */
function withoutDomains(folded: string): string {
  return folded.replace(/@.*/g, '');
}

/** The words of a folded text; in scripts without spaces, the characters. */
export function wordsOf(folded: string): readonly string[] {
  return folded.replace(unspaced, ' $& ').match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whether a text has all the terms. @param folded a `searchText`, or a folded name */
export function hasTerms(folded: string, terms: readonly Term[]): boolean {
  const short = withoutDomains(folded);
  return terms.every(({ text, isShort }) => (isShort ? hasWordStart(short, text) : folded.includes(text)));
}

function hasWordStart(folded: string, start: string): boolean {
  for (let at = folded.indexOf(start); at >= 0; at = folded.indexOf(start, at + 1)) {
    const before = folded.slice(0, at).match(/.$/u)?.[0];
    if (before === undefined || !/[\p{L}\p{N}]/u.test(before) || isUnspaced(before) || isUnspaced(start)) return true;
  }
  return false;
}

/** Whether there is a character that may begin a word wherever it stands. */
export function isUnspaced(text: string): boolean {
  return text.search(unspaced) >= 0;
}
