import { isGuest } from '../core/model.ts';
import type { SnapshotMember, SnapshotPrincipal } from '../core/snapshot.ts';
import { memberColumns } from './columns.ts';
import { uniqueId } from './ids.ts';
import type { Sql } from './sql.ts';

/** A row of `member`. */
export interface StoredMembership {
  readonly principal: number;
  readonly dup: number;
  readonly access: number | null;
}

/** A row of `principal`; words by their keys. */
interface StoredPrincipal {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly identifier: string | null;
  readonly type: number;
  readonly source: number | null;
  readonly shape: number;
  readonly rest: string;
}

/** Its id as the store has it: without a `~2`. */
type Principal = SnapshotPrincipal & { readonly id: string };

/** Where the details that count are kept, in the form that `packDetails` gives them. */
interface Shape {
  /** Each key with its column, or its place in the rest. */
  readonly places: readonly { readonly key: string; readonly column: number; readonly place: number }[];
  readonly needsRest: boolean;
}

/** What `isGuest` and the service's own id are told by. */
const keys = ['id', 'userType', 'userPrincipalName'];

/** Principals that are remembered: some 10 MB. */
const maximumPrincipals = 20_000;

/**
 * Maps memberships one by one, some ten times as fast as joining and `toMember`: the same principals, words and shapes
 * come again and again, so each is looked up once, and only those details are unpacked that count.
 */
export function createMemberMapper(sql: Sql): (row: StoredMembership) => SnapshotMember {
  const word = remembering(Number.POSITIVE_INFINITY, (key) => {
    return sql.get<{ text: string }>('SELECT text FROM word WHERE key = ?', key)?.text ?? '';
  });
  const shape = remembering(Number.POSITIVE_INFINITY, (key) => readShape(word(key)));
  const principal = remembering(maximumPrincipals, (key) => {
    const row = sql.get<StoredPrincipal>(
      'SELECT id, name, email, identifier, type, source, shape, rest FROM principal WHERE key = ?',
      key,
    );
    return row && toPrincipal(row);
  });

  function toPrincipal(row: StoredPrincipal): Principal {
    const { id, name } = row;
    const identifier = row.identifier ?? id;
    const principalType = word(row.type);
    const email = row.email ?? undefined;
    const source = row.source === null ? undefined : word(row.source);
    const details: Record<string, unknown> = {};
    const { places, needsRest } = shape(row.shape);
    const columns = memberColumns({ id, name, email, identifier, principalType, source });
    const rest: unknown[] = needsRest ? JSON.parse(row.rest) : [];
    for (const { key, column, place } of places) details[key] = column < 0 ? rest[place] : columns[column];
    return {
      id,
      serviceId: typeof details.id === 'string' ? details.id : identifier,
      name,
      email,
      principalType,
      isGuest: isGuest({ identifier, details, ...(email === undefined ? {} : { email }) }),
      source,
    };
  }

  return ({ principal: key, dup, access }) => {
    const known = principal(key);
    // A principal stays as long as one of its memberships.
    if (!known) throw new Error('A membership has no principal.');
    return {
      id: uniqueId(known.id, dup),
      principal: known,
      accessRight: access === null ? undefined : word(access),
    };
  };
}

/** Looks a value up once, until there are too many. */
function remembering<T>(maximum: number, look: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const value = known.get(key);
    if (value !== undefined) return value;
    if (known.size >= maximum) known.clear();
    const found = look(key);
    known.set(key, found);
    return found;
  };
}

function readShape(text: string): Shape {
  const shape: (string | number)[] = JSON.parse(text);
  const places: { key: string; column: number; place: number }[] = [];
  let next = 0;
  for (let i = 0; i < shape.length; i += 2) {
    const column = Number(shape[i + 1]);
    const place = column < 0 ? next++ : -1;
    const key = String(shape[i]);
    if (keys.includes(key)) places.push({ key, column, place });
  }
  return { places, needsRest: places.some(({ place }) => place >= 0) };
}
