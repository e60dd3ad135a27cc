import type { WriteContext } from './context.ts';

/** Remembers groups that a complete load had no more. */
export function rememberGroups(
  { sql, now }: WriteContext,
  tenant: number,
  groups: readonly { readonly id: string; readonly name: string; readonly kind: number }[],
): void {
  for (const { id, name, kind } of groups) {
    sql.run(
      'INSERT INTO removed (tenant, at, group_id, group_name, kind) VALUES (?, ?, ?, ?, ?)',
      tenant,
      now(),
      id,
      name,
      kind,
    );
  }
}

/** Remembers members that a complete load of their group had no more. */
export function rememberMembers(
  { sql, now }: WriteContext,
  grp: number,
  members: readonly { readonly principal: number; readonly dup: number; readonly access: number | null }[],
): void {
  for (const { principal, dup, access } of members) {
    sql.run(
      `INSERT INTO removed (tenant, at, group_id, group_name, kind, principal, dup, access)
       SELECT tenant, ?, id, name, kind, ?, ?, ? FROM grp WHERE key = ?`,
      now(),
      principal,
      dup,
      access,
      grp,
    );
  }
}
