import type { Member } from '../core/model.ts';
import type { MemberRow } from '../core/provider/rows.ts';
import { memberColumns } from './columns.ts';
import { unpackDetails } from './details.ts';
import { uniqueId } from './ids.ts';

/** What `memberContent` selects. */
export interface ContentRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly identifier: string | null;
  readonly type: string;
  readonly source: string | null;
  readonly shape: string;
  readonly rest: string;
}

/** A membership with the content of its member. */
export interface MembershipRow extends ContentRow {
  readonly dup: number;
  readonly access: string | null;
}

/** The columns of a row of `principal` or `directory`, with its words spelled out. */
export function memberContent(alias: string): string {
  const word = (column: string): string => `(SELECT text FROM word WHERE key = ${alias}.${column}) AS ${column}`;
  return `${alias}.id, ${alias}.name, ${alias}.email, ${alias}.identifier, ${word('type')}, ${word('source')},
    ${word('shape')}, ${alias}.rest`;
}

/** The columns of a `MembershipRow`, of `member m` and `principal p`. */
export const membershipColumns = `m.dup, (SELECT text FROM word WHERE key = m.access) AS access, ${memberContent('p')}`;

/** A kept member as its provider mapped it. */
export function toMemberRow(row: ContentRow, accessRight: string | null = null): MemberRow {
  const { id, name, email, type, source } = row;
  const identifier = row.identifier ?? id;
  return {
    id,
    name,
    identifier,
    principalType: type,
    ...(email === null ? {} : { email }),
    ...(source === null ? {} : { source }),
    ...(accessRight === null ? {} : { accessRight }),
    details: unpackDetails(
      row,
      memberColumns({ id, name, email, identifier, principalType: type, source, accessRight }),
    ),
  };
}

/** A membership as views show it. `details.id` is the service's id where a `~2` may stand behind `id`. */
export function toMember(row: MembershipRow): Member {
  const { details = {}, ...member } = toMemberRow(row, row.access);
  return {
    ...member,
    id: uniqueId(row.id, row.dup),
    details: typeof details.id === 'string' ? details : { id: member.identifier, ...details },
  };
}
