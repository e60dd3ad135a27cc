import type { FileProblem, Span } from '../../core/editedFile.ts';
import { safeText } from '../../core/text/text.ts';
import type { Translate } from '../../core/text/translate.ts';
import { createTurns } from '../../core/turns/turns.ts';
import { type JsonNode, readJson } from './readJson.ts';

/** A text of the file with its place. */
export interface Placed {
  readonly value: string;
  readonly span: Span;
}

export interface FileMember {
  /** E-mail address or id. */
  readonly identifier: Placed;
  readonly principalType?: Placed;
  readonly accessRight?: Placed;
  /** To be read by people; the identifier decides. */
  readonly name?: Placed;
  /** Of an app that is a member by one of its profiles. */
  readonly profileId?: Placed;
}

/** At least one of `id` and `name` is there. */
export interface FileGroup {
  readonly id?: Placed;
  readonly name?: Placed;
  /** Who is not listed is removed. */
  readonly isExact: boolean;
  /** Where that is said. */
  readonly exactSpan?: Span;
  readonly members: readonly FileMember[];
}

/** What somebody wants the access to groups of a tenant to be. */
export interface AccessFile {
  /** Its id or name. */
  readonly tenant: Placed;
  readonly groups: readonly FileGroup[];
}

type Fields = ReadonlyMap<string, JsonNode>;

/** Reads an access file. Never throws: what is wrong is among the problems, and errors mean that nothing is done. */
export async function parseFile(
  text: string,
  t: Translate,
): Promise<{ readonly file: AccessFile | undefined; readonly problems: readonly FileProblem[] }> {
  const { root, errors } = await readJson(text);
  const problems: FileProblem[] = errors.map((span) => ({ span, severity: 'error', message: t('This is not JSON.') }));
  const turns = createTurns();

  const tell = (span: Span, message: string) => void problems.push({ span, severity: 'error', message });

  function fieldsOf(node: JsonNode, known: readonly string[]): Fields | undefined {
    if (!node.fields) {
      tell(node.span, t('An object with these properties is expected: {0}.', known.join(', ')));
      return undefined;
    }
    const found = new Map<string, JsonNode>();
    for (const { key, span, value } of node.fields) {
      if (!known.includes(key))
        tell(span, t('There is no property “{0}” here, only: {1}.', safeText(key), known.join(', ')));
      else if (found.has(key)) tell(span, t('“{0}” is here twice.', key));
      // What has no value is no JSON, which was told.
      else if (value) found.set(key, value);
    }
    return found;
  }

  function textIn(fields: Fields, key: string): Placed | undefined {
    const node = fields.get(key);
    if (!node) return undefined;
    const { value, span } = node;
    if (typeof value === 'string' && value.trim() !== '') return { value, span };
    tell(span, t('A text is expected.'));
    return undefined;
  }

  function exactIn(fields: Fields): boolean | undefined {
    const node = fields.get('exact');
    if (node && typeof node.value !== 'boolean') tell(node.span, t('“true” or “false” is expected.'));
    return typeof node?.value === 'boolean' ? node.value : undefined;
  }

  async function eachOf<T>(
    node: JsonNode,
    read: (item: JsonNode) => Promise<T | undefined> | T | undefined,
  ): Promise<T[]> {
    const all: T[] = [];
    if (!node.items) tell(node.span, t('A list is expected: […].'));
    for (const item of node.items ?? []) {
      if (turns.isOver()) await turns.next();
      const one = await read(item);
      if (one !== undefined) all.push(one);
    }
    return all;
  }

  function needed(node: JsonNode, fields: Fields, key: string): JsonNode | undefined {
    const found = fields.get(key);
    const isMissing = !found && !node.fields?.some((field) => field.key === key);
    if (isMissing) tell({ offset: node.span.offset, length: 1 }, t('“{0}” is missing.', key));
    return found;
  }

  function memberIn(node: JsonNode): FileMember | undefined {
    const fields = fieldsOf(node, ['identifier', 'name', 'principalType', 'accessRight', 'profileId']);
    if (!fields || !needed(node, fields, 'identifier')) return undefined;
    const identifier = textIn(fields, 'identifier');
    const others = ['name', 'principalType', 'accessRight', 'profileId'] as const;
    const texts = others.flatMap((key) => {
      const placed = textIn(fields, key);
      return placed ? [[key, placed] as const] : [];
    });
    if (!identifier) return undefined;
    return { identifier: { ...identifier, value: identifier.value.trim() }, ...Object.fromEntries(texts) };
  }

  async function groupIn(node: JsonNode, isExactElse: boolean): Promise<FileGroup | undefined> {
    const fields = fieldsOf(node, ['id', 'name', 'exact', 'members']);
    if (!fields) return undefined;
    const [id, name] = [textIn(fields, 'id'), textIn(fields, 'name')];
    if (!fields.has('id') && !fields.has('name'))
      tell({ offset: node.span.offset, length: 1 }, t('Which group? “id” or “name” is missing.'));
    const isExact = exactIn(fields);
    const list = needed(node, fields, 'members');
    const members = list ? await eachOf(list, memberIn) : [];
    if ((!id && !name) || !list?.items) return undefined;
    const exactSpan = fields.get('exact')?.span;
    return {
      ...(id ? { id } : {}),
      ...(name ? { name } : {}),
      isExact: isExact ?? isExactElse,
      ...(exactSpan ? { exactSpan } : {}),
      members,
    };
  }

  if (!root) return { file: undefined, problems };
  const fields = fieldsOf(root, ['tenant', 'exact', 'groups']);
  if (!fields) return { file: undefined, problems };
  const isExactElse = exactIn(fields) ?? false;
  needed(root, fields, 'tenant');
  const tenant = textIn(fields, 'tenant');
  const list = needed(root, fields, 'groups');
  const groups = list ? await eachOf(list, (node) => groupIn(node, isExactElse)) : [];
  const exact = fields.get('exact')?.span;
  const placed = groups.map((group) => (group.exactSpan || !exact ? group : { ...group, exactSpan: exact }));
  return { file: tenant && { tenant, groups: placed }, problems };
}
