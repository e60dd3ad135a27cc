import { createScanner } from 'jsonc-parser';
import type { Span } from '../../core/editedFile.ts';
import { createTurns } from '../../core/turns/turns.ts';

/** A value in a JSON text, with its place. */
export interface JsonNode {
  readonly span: Span;
  /** Of a text, a number, `true`, `false` or `null`. */
  readonly value?: string | number | boolean | null;
  /** Of an array. */
  readonly items?: readonly JsonNode[];
  /** Of an object, in order; those that come twice as well. */
  readonly fields?: readonly JsonField[];
}

interface JsonField {
  readonly key: string;
  readonly span: Span;
  readonly value?: JsonNode;
}

/** What jsonc-parser's scanner calls its tokens: its own enumeration is erased from what is published. */
const tokens = {
  openBrace: 1,
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  text: 10,
  number: 11,
  end: 17,
} as const;

/** No access file is so deep; the stack ends somewhere. */
const deepest = 20;

/** More are not looked at. */
const mostErrors = 20;

/**
 * Reads a JSON text as far as it can be read, and says where it cannot. Comments and trailing commas are passed over.
 * By jsonc-parser's scanner rather than its parser, which takes 100 ms for 10,000 members in one go: here other work
 * gets its turn.
 */
export async function readJson(
  text: string,
): Promise<{ readonly root: JsonNode | undefined; readonly errors: readonly Span[] }> {
  const scanner = createScanner(text, true);
  const turns = createTurns();
  const errors: Span[] = [];
  let token: number = scanner.scan();

  const is = (kind: number) => token === kind;
  const here = (): Span => ({ offset: scanner.getTokenOffset(), length: scanner.getTokenLength() });
  const from = ({ offset }: Span, end: number): Span => ({ offset, length: Math.max(0, end - offset) });

  function fail(): void {
    const span = here();
    if (errors.length < mostErrors && errors.at(-1)?.offset !== span.offset) errors.push(span);
  }

  function next(): void {
    // 0: nothing is wrong with the token.
    if (scanner.getTokenError() !== 0) fail();
    token = scanner.scan();
  }

  /** One part after the other up to the closing token; each step takes a token at least. @returns where it ends */
  async function parts(closing: number, part: () => Promise<void>): Promise<number> {
    next();
    while (!is(closing) && !is(tokens.end)) {
      if (turns.isOver()) await turns.next();
      const before = scanner.getTokenOffset();
      await part();
      if (is(tokens.comma)) next();
      else if (!is(closing)) fail();
      if (scanner.getTokenOffset() === before) next();
    }
    const end = scanner.getTokenOffset() + scanner.getTokenLength();
    if (is(closing)) next();
    else fail();
    return end;
  }

  async function object(start: Span, depth: number): Promise<JsonNode> {
    const fields: JsonField[] = [];
    const end = await parts(tokens.closeBrace, async () => {
      if (!is(tokens.text)) return fail();
      const [key, span] = [scanner.getTokenValue(), here()];
      next();
      if (!is(tokens.colon)) {
        fail();
        fields.push({ key, span });
        return;
      }
      next();
      const value = await read(depth + 1);
      fields.push({ key, span, ...(value ? { value } : {}) });
    });
    return { span: from(start, end), fields };
  }

  async function array(start: Span, depth: number): Promise<JsonNode> {
    const items: JsonNode[] = [];
    const end = await parts(tokens.closeBracket, async () => {
      const item = await read(depth + 1);
      if (item) items.push(item);
    });
    return { span: from(start, end), items };
  }

  async function read(depth: number): Promise<JsonNode | undefined> {
    const span = here();
    if (is(tokens.openBrace) && depth < deepest) return object(span, depth);
    if (is(tokens.openBracket) && depth < deepest) return array(span, depth);
    const value = scalar(token, scanner.getTokenValue());
    if (value === undefined) {
      fail();
      return undefined;
    }
    next();
    return { span, value };
  }

  const root = await read(0);
  if (!is(tokens.end)) fail();
  return { root, errors };
}

function scalar(token: number, text: string): JsonNode['value'] {
  switch (token) {
    case tokens.text:
      return text;
    case tokens.number:
      return Number(text);
    case tokens.true:
      return true;
    case tokens.false:
      return false;
    case tokens.null:
      return null;
    default:
      return undefined;
  }
}
