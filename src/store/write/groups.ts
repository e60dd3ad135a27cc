import { settle } from '../../core/completeness.ts';
import type { GroupRow } from '../../core/provider/rows.ts';
import { foldText, sortKey } from '../../core/text/text.ts';
import { cleanText, groupColumns } from '../columns.ts';
import { packDetails } from '../details.ts';
import { assignIds } from '../ids.ts';
import type { WriteContext } from './context.ts';
import { settleListing } from './listings.ts';
import type { Load } from './load.ts';
import { type Written, writeEmbeddedMembers } from './members.ts';
import { contentHash, joinContent } from './principals.ts';
import { indexGroup, reindexGroup } from './searchIndex.ts';

/** A group row as it is kept. */
interface PackedGroup {
  readonly sent: GroupRow;
  readonly original: string;
  readonly name: string;
  readonly kind: string;
  readonly shape: string;
  readonly rest: string;
  readonly content: number;
}

interface Held {
  readonly key: number;
  readonly original: string | null;
  readonly name: string;
  readonly kind: number;
  readonly shape: number;
  readonly rest: string;
  /** Of its members' listing. */
  readonly list_gen: number | null;
  readonly count: number | null;
}

/** Writes a page of a tenant's groups, with the members that came along. */
export function writeGroups(context: WriteContext, load: Load, rows: readonly GroupRow[]): Written {
  const groups = rows.map(pack);
  const { ids, commit } = assignIds(groups, load.claims);
  const unnamed = new Map<string, number>();
  let added = 0;
  let leavesPrincipals = false;
  // The first page of a first load, which may be most of it, need not look for what is held.
  const isFirst = context.sql.get('SELECT 1 FROM grp WHERE tenant = ? LIMIT 1', load.tenant) === undefined;
  groups.forEach((group, index) => {
    const id = ids[index] ?? group.original;
    const { key, listGen, count, isNew, replaced } = writeGroup(context, load, group, id, load.sent + index, isFirst);
    if (isNew) added++;
    if (replaced) leavesPrincipals = true;
    const members = writeMembersOf(context, load.tenant, key, group.sent, listGen, count);
    if (members) unnamed.set(id, members.unnamed);
    if (members?.removedSome) leavesPrincipals = true;
  });
  return {
    added,
    contents: groups.map(({ content }) => String(content)),
    commit: () => {
      commit();
      for (const [id, count] of unnamed) load.unnamed.set(id, count);
      load.leavesPrincipals ||= leavesPrincipals;
    },
  };
}

function pack(sent: GroupRow): PackedGroup {
  const original = cleanText(sent.id);
  const name = cleanText(sent.name);
  const kind = cleanText(sent.kind ?? 'unknown');
  const packed = packDetails(sent.details, groupColumns({ id: original, name, kind }));
  const content = contentHash(joinContent([original, name, kind, packed.shape, packed.rest]));
  return { sent, original, name, kind, ...packed, content };
}

interface GroupPlace {
  readonly key: number;
  readonly listGen: number;
  /** Members held. */
  readonly count: number;
  readonly isNew: boolean;
  /** Another group had this unique id; it went, with its members. */
  readonly replaced: boolean;
}

function findHeld(context: WriteContext, tenant: number, id: string): Held | undefined {
  return context.sql.get<Held>(
    `SELECT g.key, g.original, g.name, g.kind, g.shape, g.rest, l.gen AS list_gen, l.count
     FROM grp g LEFT JOIN listing l ON l.tenant = g.tenant AND l.grp = g.key WHERE g.tenant = ? AND g.id = ?`,
    tenant,
    id,
  );
}

function writeGroup(
  context: WriteContext,
  load: Load,
  group: PackedGroup,
  id: string,
  pos: number,
  isFirst: boolean,
): GroupPlace {
  const { sql } = context;
  const { tenant, gen } = load;
  const held = isFirst ? undefined : findHeld(context, tenant, id);
  const kind = context.words.key(tenant, group.kind);
  const shape = context.words.key(tenant, group.shape);
  const folded = foldText(group.name);
  if (held && (held.original ?? id) === group.original) {
    const isSame = held.name === group.name && held.kind === kind && held.shape === shape && held.rest === group.rest;
    if (!isSame) {
      sql.run(
        'UPDATE grp SET name = ?, sort_key = ?, folded = ?, kind = ?, shape = ?, rest = ? WHERE key = ?',
        group.name,
        sortKey(group.name),
        folded,
        kind,
        shape,
        group.rest,
        held.key,
      );
      if (held.name !== group.name) reindexGroup(sql, held.key, folded);
    }
    // Only a newer load moves a row: an equal row on a later page is the same row.
    sql.run('UPDATE grp SET gen = ?1, pos = ?2 WHERE key = ?3 AND gen < ?1', gen, pos, held.key);
    return { key: held.key, listGen: held.list_gen ?? 0, count: held.count ?? 0, isNew: false, replaced: false };
  }
  if (held) sql.run('DELETE FROM grp WHERE key = ?', held.key);
  const key = sql.insert(
    `INSERT INTO grp (tenant, id, original, name, sort_key, folded, kind, shape, rest, gen, pos)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    tenant,
    id,
    id === group.original ? undefined : group.original,
    group.name,
    sortKey(group.name),
    folded,
    kind,
    shape,
    group.rest,
    gen,
    pos,
  );
  indexGroup(sql, key, folded);
  return { key, listGen: 0, count: 0, isNew: !held, replaced: held !== undefined };
}

function writeMembersOf(
  context: WriteContext,
  tenant: number,
  grp: number,
  sent: GroupRow,
  listGen: number,
  held: number,
): ReturnType<typeof writeEmbeddedMembers> | undefined {
  if (!sent.members) return undefined;
  const malformed = sent.malformedMembers ?? 0;
  const gen = listGen + 1;
  const members = writeEmbeddedMembers(context, { tenant, grp, gen }, sent.members, held, malformed > 0);
  settleListing(context.sql, tenant, grp, {
    settled: settle({ rows: sent.members.length, malformed, unresolved: members.unnamed }),
    count: members.count,
    malformed,
    gen,
    isWhole: malformed === 0,
    wroteRows: true,
    now: context.now(),
  });
  return members;
}
