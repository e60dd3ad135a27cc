/** Tells whether a row passes a filter. */
export type RowFilter = (row: Readonly<Record<string, unknown>>) => boolean;

type Operand = (row: Readonly<Record<string, unknown>>) => string;

const TOKEN = /\s*(?:'((?:[^']|'')*)'|([A-Za-z]\w*)|([(),]))/y;
const TEXT_FUNCTIONS = new Map<string, (text: string, part: string) => boolean>([
  ['contains', (text, part) => text.includes(part)],
  ['startswith', (text, part) => text.startsWith(part)],
  ['endswith', (text, part) => text.endsWith(part)],
]);

/**
 * Understands the forms of `$filter` that are documented or in use for groups: `contains(name,'x')`, `name eq 'x'`,
 * `tolower(name) eq 'x'`, `isOnDedicatedCapacity eq true`, joined by `and`, `or`, `not` and parentheses.
 * @throws SyntaxError for anything else.
 */
export function parseFilter(text: string, fields: ReadonlySet<string>): RowFilter {
  const reader = new TokenReader(text);
  const filter = disjunction(reader, fields);
  if (!reader.isAtEnd) reader.fail();
  return filter;
}

function disjunction(reader: TokenReader, fields: ReadonlySet<string>): RowFilter {
  const left = conjunction(reader, fields);
  if (!reader.accept('or')) return left;
  const right = disjunction(reader, fields);
  return (row) => left(row) || right(row);
}

function conjunction(reader: TokenReader, fields: ReadonlySet<string>): RowFilter {
  const left = condition(reader, fields);
  if (!reader.accept('and')) return left;
  const right = conjunction(reader, fields);
  return (row) => left(row) && right(row);
}

function condition(reader: TokenReader, fields: ReadonlySet<string>): RowFilter {
  if (reader.accept('not')) {
    const inner = condition(reader, fields);
    return (row) => !inner(row);
  }
  if (reader.accept('(')) {
    const inner = disjunction(reader, fields);
    reader.expect(')');
    return inner;
  }
  const word = reader.word();
  const textFunction = TEXT_FUNCTIONS.get(word);
  if (!textFunction) return comparison(reader, operand(reader, word, fields));
  reader.expect('(');
  const subject = operand(reader, reader.word(), fields);
  reader.expect(',');
  const part = reader.literal();
  reader.expect(')');
  return (row) => textFunction(subject(row), part);
}

function comparison(reader: TokenReader, subject: Operand): RowFilter {
  const isEqual = reader.accept('eq');
  if (!isEqual) reader.expect('ne');
  const value = reader.literal();
  return (row) => (subject(row) === value) === isEqual;
}

function operand(reader: TokenReader, word: string, fields: ReadonlySet<string>): Operand {
  if (word === 'tolower') {
    reader.expect('(');
    const inner = operand(reader, reader.word(), fields);
    reader.expect(')');
    return (row) => inner(row).toLowerCase();
  }
  if (!fields.has(word)) reader.fail();
  return (row) => String(row[word] ?? '');
}

/** Reads a filter token by token. */
class TokenReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#text.slice(this.#position).trim() === '';
  }

  accept(symbol: string): boolean {
    const token = this.#peek();
    if (token?.symbol !== symbol) return false;
    this.#position = token.end;
    return true;
  }

  expect(symbol: string): void {
    if (!this.accept(symbol)) this.fail();
  }

  word(): string {
    const token = this.#peek();
    if (token?.symbol === undefined || !/^\w/.test(token.symbol)) return this.fail();
    this.#position = token.end;
    return token.symbol;
  }

  /** A quoted text, or `true` or `false`. */
  literal(): string {
    const token = this.#peek();
    const value = token?.quoted ?? (/^(true|false)$/.test(token?.symbol ?? '') ? token?.symbol : undefined);
    if (token === undefined || value === undefined) return this.fail();
    this.#position = token.end;
    return value;
  }

  fail(): never {
    throw new SyntaxError(`The filter is not supported at position ${this.#position}: ${this.#text}`);
  }

  #peek(): { quoted?: string; symbol?: string; end: number } | undefined {
    TOKEN.lastIndex = this.#position;
    const match = TOKEN.exec(this.#text);
    if (!match) return undefined;
    const [, quoted, word, sign] = match;
    const end = TOKEN.lastIndex;
    return quoted === undefined ? { symbol: word ?? sign ?? '', end } : { quoted: quoted.replaceAll("''", "'"), end };
  }
}
