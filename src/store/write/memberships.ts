import type { MemberRow } from '../../core/rows.ts';
import type { IdentifiedRow } from '../ids.ts';
import type { WriteContext } from './context.ts';
import { nameReference } from './directory.ts';
import { cleanMember } from './principals.ts';

/** A member row, its principal kept, ready to become a row of `member`. */
export interface Membership {
  /** The service's own id. */
  readonly original: string;
  readonly principal: number;
  readonly sort: string;
  readonly access: number | null;
  /** Known by id alone. */
  readonly isUnnamed: boolean;
}

export function toMembership(context: WriteContext, tenant: number, sent: MemberRow): Membership {
  const row = sent.isReference ? nameReference(context.sql, tenant, cleanMember(sent)) : sent;
  const { key, id, sort } = context.principals.intern(tenant, row);
  const access = row.accessRight === undefined ? null : context.words.key(tenant, row.accessRight);
  return {
    original: id,
    principal: key,
    sort,
    access,
    isUnnamed: row.isReference === true,
  };
}

/** Memberships as rows that ids are assigned to: equal where principal and right are. */
export function identified(memberships: readonly Membership[]): IdentifiedRow[] {
  return memberships.map(({ original, principal, access }) => ({ original, content: `${principal}/${access}` }));
}

/** Writes a membership; one that the load wrote before keeps its place. */
export function upsertMember(
  context: WriteContext,
  grp: number,
  membership: Membership,
  duplicate: number,
  gen: number,
  pos: number,
): void {
  const { sort, principal, access } = membership;
  context.sql.run(
    `INSERT INTO member (grp, sort, principal, dup, access, gen, pos) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET access = excluded.access, gen = max(gen, excluded.gen),
       pos = iif(gen = excluded.gen, pos, excluded.pos)`,
    grp,
    sort,
    principal,
    duplicate,
    access,
    gen,
    pos,
  );
}
