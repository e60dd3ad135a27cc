import { isGuest } from '../core/model.ts';
import type { SnapshotMember } from '../core/snapshot.ts';
import { memberColumns } from './columns.ts';
import { uniqueId } from './ids.ts';
import { createWordReader, remembering } from './remembering.ts';
import type { Sql } from './sql.ts';

/** What `storedMembershipColumns` selects; words by their keys. All but the first is null where there is no member. */
export type StoredMembership = readonly [
  groupId: string | null,
  id: string,
  dup: number,
  access: number | null,
  name: string,
  email: string | null,
  identifier: string | null,
  type: number,
  source: number | null,
  shape: number,
  rest: string,
];

const content = 'p.name, p.email, p.identifier, p.type, p.source, p.shape, p.rest';

/** The columns of a `StoredMembership`, of `grp g`, `member m` and `principal p`. */
export const storedMembershipColumns = `g.id, p.id, m.dup, m.access, ${content}`;

/** The same of a principal apart from its memberships. */
export const storedPrincipalColumns = `NULL, p.id, 0, NULL, ${content}`;

/** Where the details that count are kept, in the form that `packDetails` gives them. */
interface Shape {
  /** Each key with its column, or its place in the rest. */
  readonly places: readonly { readonly key: string; readonly column: number; readonly place: number }[];
  readonly needsRest: boolean;
}

/** What `isGuest` and the service's own id are told by. */
const keys = ['id', 'userType', 'userPrincipalName'];

/**
 * Maps memberships one by one, some times as fast as `toMember`: the same words and shapes come again and again, so each
 * is looked up once, and only those details are unpacked that count. Nothing else is remembered, so that a million rows
 * take no more memory than a few.
 */
export function createMemberMapper(
  sql: Sql,
): (row: readonly [...StoredMembership, ...unknown[]], dup?: number, access?: number | null) => SnapshotMember {
  const word = createWordReader(sql);
  const shape = remembering((key) => readShape(word(key)));

  return (row, dup = row[2], access = row[3]) => {
    // One by one: to take the array apart in one go costs more than all the rest.
    const id = row[1];
    const name = row[4];
    const email = row[5] ?? undefined;
    const identifier = row[6] ?? id;
    const principalType = word(row[7]);
    const source = row[8] === null ? undefined : word(row[8]);
    const details: Record<string, unknown> = {};
    const { places, needsRest } = shape(row[9]);
    if (places.length > 0) {
      const columns = memberColumns({ id, name, email, identifier, principalType, source });
      const rest: unknown[] = needsRest ? JSON.parse(row[10]) : [];
      for (const { key, column, place } of places) details[key] = column < 0 ? rest[place] : columns[column];
    }
    return {
      id: uniqueId(id, dup),
      serviceId: typeof details.id === 'string' ? details.id : identifier,
      name,
      email,
      principalType,
      isGuest: isGuest(email === undefined ? { identifier, details } : { identifier, details, email }),
      accessRight: access === null ? undefined : word(access),
      source,
    };
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
