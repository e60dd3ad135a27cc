type Row = Readonly<Record<string, unknown>>;

/** Tells whether a row passes a filter. */
export type RowFilter = (row: Row) => boolean;

type Operand = (row: Row) => string;

/** What a filter can name of a row: its fields, and lists of rows with fields of their own. */
export interface FilterNames {
  readonly fields: ReadonlySet<string>;
  readonly lists?: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Scope extends FilterNames {
  /** What the fields of a list's rows are written with: `u` in `users/any(u: u/name eq 'x')`. */
  readonly variable?: string;
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|([A-Za-z][\w.]*)|([(),:/]))/y;
const ACCESS_RIGHT = 'Microsoft.PowerBI.ServiceContracts.Api.GroupUserAccessRight';
const TEXT_FUNCTIONS = new Map<string, (text: string, part: string) => boolean>([
  ['contains', (text, part) => text.includes(part)],
  ['startswith', (text, part) => text.startsWith(part)],
  ['endswith', (text, part) => text.endsWith(part)],
]);

/**
 * Understands the forms of `$filter` that are documented or in use for groups: `contains(name,'x')`, `name eq 'x'`,
 * `tolower(name) eq 'x'`, `isOnDedicatedCapacity eq true`, `users/any()`, `users/any(u: u/name eq 'x')`, access
 * rights written with their type's name, joined by `and`, `or`, `not` and parentheses.
 * @throws SyntaxError for anything else.
 */
export function parseFilter(text: string, names: FilterNames): RowFilter {
  const reader = new TokenReader(text);
  const filter = disjunction(reader, names);
  if (!reader.isAtEnd) reader.fail();
  return filter;
}

function disjunction(reader: TokenReader, names: Scope): RowFilter {
  const left = conjunction(reader, names);
  if (!reader.accept('or')) return left;
  const right = disjunction(reader, names);
  return (row) => left(row) || right(row);
}

function conjunction(reader: TokenReader, names: Scope): RowFilter {
  const left = condition(reader, names);
  if (!reader.accept('and')) return left;
  const right = conjunction(reader, names);
  return (row) => left(row) && right(row);
}

function condition(reader: TokenReader, names: Scope): RowFilter {
  if (reader.accept('not')) {
    const inner = condition(reader, names);
    return (row) => !inner(row);
  }
  if (reader.accept('(')) {
    const inner = disjunction(reader, names);
    reader.expect(')');
    return inner;
  }
  const word = reader.word();
  const listFields = names.lists?.get(word);
  if (listFields) return anyOf(reader, word, listFields);
  const textFunction = TEXT_FUNCTIONS.get(word);
  if (!textFunction) return comparison(reader, operand(reader, word, names));
  reader.expect('(');
  const subject = operand(reader, reader.word(), names);
  reader.expect(',');
  const part = reader.literal();
  reader.expect(')');
  return (row) => textFunction(subject(row), part);
}

function anyOf(reader: TokenReader, list: string, fields: ReadonlySet<string>): RowFilter {
  for (const symbol of ['/', 'any', '(']) reader.expect(symbol);
  const rowsOf = (row: Row) => (row[list] ?? []) as readonly Row[];
  if (reader.accept(')')) return (row) => rowsOf(row).length > 0;
  const variable = reader.word();
  reader.expect(':');
  const filter = disjunction(reader, { fields, variable });
  reader.expect(')');
  return (row) => rowsOf(row).some(filter);
}

function comparison(reader: TokenReader, subject: Operand): RowFilter {
  const isEqual = reader.accept('eq');
  if (!isEqual) reader.expect('ne');
  const value = reader.literal();
  return (row) => (subject(row) === value) === isEqual;
}

function operand(reader: TokenReader, word: string, names: Scope): Operand {
  if (word === 'tolower') {
    reader.expect('(');
    const inner = operand(reader, reader.word(), names);
    reader.expect(')');
    return (row) => inner(row).toLowerCase();
  }
  const field = names.variable === undefined ? word : fieldOf(reader, word, names.variable);
  if (!names.fields.has(field)) reader.fail();
  return (row) => String(row[field] ?? '');
}

function fieldOf(reader: TokenReader, word: string, variable: string): string {
  if (word !== variable) reader.fail();
  reader.expect('/');
  return reader.word();
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

  /** A quoted text, an access right, or `true` or `false`. */
  literal(): string {
    const token = this.#peek();
    if (token === undefined) return this.fail();
    const { quoted, symbol = '', end } = token;
    if (symbol === ACCESS_RIGHT) {
      this.#position = end;
      return this.literal();
    }
    const value = quoted ?? (/^(true|false)$/.test(symbol) ? symbol : undefined);
    if (value === undefined) return this.fail();
    this.#position = end;
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
