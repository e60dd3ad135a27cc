import { cancelled } from '../errors.ts';
import { isGuid } from '../objectId.ts';
import type { StoreReads } from '../store.ts';
import type { Target } from '../target.ts';
import type { KnownPrincipal, PrincipalMark } from './found.ts';

/** A group as a tenant knows it. */
export type GroupTarget = Required<Pick<Target, 'tenantId' | 'groupId'>>;

/** Whose access is asked for: somebody or a group, known by what stays when rows are read anew. */
export interface Subject {
  readonly name: string;
  readonly principalType: string;
  readonly marks: readonly PrincipalMark[];
  /** Of a group: where its members are known. */
  readonly group?: GroupTarget;
  /** The user wants the services asked that can tell. */
  readonly isAsked?: true;
}

/** The holder of an e-mail address of whom nothing is loaded. */
export function askedSubject(email: string): Subject {
  return { name: email, principalType: 'user', marks: [{ email }], isAsked: true };
}

/** The e-mail address by which a service can be asked for somebody. */
export function knowsEmail({ principalType, marks }: Subject): string | undefined {
  if (principalType !== 'user') return undefined;
  return marks.flatMap((mark) => ('email' in mark ? [mark.email] : []))[0];
}

/** Somebody, by the keys that a search told or by one of their rows. Nothing when they are gone. */
export async function subjectOf(
  reader: StoreReads,
  marks: readonly PrincipalMark[],
  signal: AbortSignal,
): Promise<Subject | undefined> {
  const { principals: found } = await principalsOf(reader, marks, signal);
  const [first] = found;
  if (!first) return undefined;
  const { name, principalType } = first;
  const group = principalType === 'group' ? groupOf(reader, found) : undefined;
  const lasting = found.map(({ tenantId, id }) => ({ tenantId, id }));
  const shared = found.flatMap(({ objectId }) => (objectId === undefined ? [] : [{ objectId }]));
  const mailboxes = found.flatMap(({ email }) => (email === undefined || principalType !== 'user' ? [] : [{ email }]));
  return { name, principalType, marks: [...lasting, ...shared, ...mailboxes], ...(group ? { group } : {}) };
}

/** A group of a tenant, which may be a member of others. Nothing when it is gone. */
export function groupSubject(reader: StoreReads, { tenantId, groupId }: GroupTarget): Subject | undefined {
  const group = reader.group(tenantId, groupId);
  if (!group) return undefined;
  const own = typeof group.details.id === 'string' ? group.details.id : groupId;
  return {
    name: group.name,
    principalType: 'group',
    // By the id of a directory's object it is the same everywhere.
    marks: isGuid(own) ? [{ objectId: own }] : [{ tenantId, id: own }],
    group: { tenantId, groupId },
  };
}

/** All principals who are the subject, as they are now. */
export async function principalsOf(
  reader: StoreReads,
  marks: readonly PrincipalMark[],
  signal: AbortSignal,
): Promise<{ readonly principals: readonly KnownPrincipal[]; readonly isCut: boolean }> {
  const found: KnownPrincipal[] = [];
  let isCut = false;
  for await (const slice of reader.same(marks)) {
    if (signal.aborted) throw cancelled();
    found.push(...slice.principals);
    isCut ||= slice.isCut === true;
  }
  return { principals: found, isCut };
}

function groupOf(reader: StoreReads, found: readonly KnownPrincipal[]): GroupTarget | undefined {
  for (const { tenantId, id, objectId } of found) {
    const known = reader.groupOf(tenantId, { identifier: objectId ?? id, principalType: 'group' });
    if (known) return known;
  }
  return undefined;
}
