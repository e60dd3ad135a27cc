import type { MemberRow } from '../../core/provider/rows.ts';
import { memberColumns } from '../columns.ts';
import { packDetails } from '../details.ts';
import { type ContentRow, memberContent, toMemberRow } from '../memberContent.ts';
import type { Sql } from '../sql.ts';
import type { Words } from './words.ts';

/** Writes one row of a tenant's directory. Answers whether it was not there. */
export function writeDirectoryRow(sql: Sql, words: Words, tenant: number, gen: number, row: MemberRow): boolean {
  const { id, name, email, identifier, principalType, source } = row;
  const isNew = sql.get('SELECT 1 FROM directory WHERE tenant = ? AND id = ?', tenant, id) === undefined;
  const packed = packDetails(row.details, memberColumns(row));
  sql.run(
    `INSERT INTO directory (tenant, id, name, email, identifier, type, source, shape, rest, gen)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET id = excluded.id, name = excluded.name, email = excluded.email,
       identifier = excluded.identifier, type = excluded.type, source = excluded.source, shape = excluded.shape,
       rest = excluded.rest, gen = max(gen, excluded.gen)`,
    tenant,
    id,
    name,
    email,
    identifier === id ? undefined : identifier,
    words.key(tenant, principalType),
    source === undefined ? undefined : words.key(tenant, source),
    words.key(tenant, packed.shape),
    packed.rest,
    gen,
  );
  return isNew;
}

/**
 * A member that came as a bare id, named by the tenant's directory, or by another group where the same id came with its
 * name. Unchanged, still a reference, where neither knows it.
 */
export function nameReference(sql: Sql, tenant: number, row: MemberRow): MemberRow {
  const found =
    sql.get<ContentRow>(`SELECT ${memberContent('d')} FROM directory d WHERE tenant = ? AND id = ?`, tenant, row.id) ??
    sql.get<ContentRow>(
      `SELECT ${memberContent('p')} FROM principal p WHERE tenant = ? AND id = ? AND NOT unnamed
       ORDER BY key DESC LIMIT 1`,
      tenant,
      row.id,
    );
  if (!found) return row;
  const named = toMemberRow(found);
  const email = row.email ?? named.email;
  const source = row.source ?? named.source;
  return {
    id: row.id,
    identifier: row.identifier,
    name: named.name,
    principalType: row.principalType === 'unknown' ? named.principalType : row.principalType,
    ...(email === undefined ? {} : { email }),
    ...(source === undefined ? {} : { source }),
    ...(row.accessRight === undefined ? {} : { accessRight: row.accessRight }),
    details: { ...named.details, ...row.details },
  };
}
