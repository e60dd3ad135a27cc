import type { FoundMember, WithinGap, WithinSlice } from '../../core/access/found.ts';
import type { ListingKey } from '../../core/listing.ts';
import { type Completeness, isGuest } from '../../core/model.ts';
import { isGuid } from '../../core/objectId.ts';
import { type MembershipRow, membershipColumns, toMember } from '../memberContent.ts';
import type { Sql } from '../sql.ts';

const sliceRows = 300;

/** Nested groups are entered so often; where they are nested criss-cross, there are more ways than anybody reads. */
const mostEntered = 10_000;

/** Ways that are told. */
const mostWays = 250_000;

/** A group as one tenant knows it. */
interface Node {
  readonly grp: number;
  readonly tenantId: string;
  readonly groupId: string;
  readonly name: string;
}

interface Row extends MembershipRow {
  readonly sort: string;
  readonly principal: number;
  readonly object: string | null;
  readonly isGroup: number;
}

/** Where a search is: below which groups, and what those who are found there have at the top. */
interface Place {
  readonly path: readonly string[];
  readonly passed: ReadonlySet<number>;
  /** Of a nested group in the one that was asked about; absent there itself. */
  readonly right?: { readonly access: string | null };
}

/** As the reader has it anyway: not loaded a second time. */
type ReadCompleteness = (sql: Sql, listing: ListingKey) => Completeness;

interface Search {
  readonly sql: Sql;
  readonly gapsOnly: boolean;
  readonly completeness: ReadCompleteness;
  entered: number;
  ways: number;
}

/** See `AccessReader.within`. */
export function* withinSlices(
  sql: Sql,
  tenantId: string,
  groupId: string,
  gapsOnly: boolean,
  completeness: ReadCompleteness,
): Generator<WithinSlice> {
  const top = sql.get<Node>(
    `SELECT g.key AS grp, t.id AS tenantId, g.id AS groupId, g.name FROM tenant t JOIN grp g ON g.tenant = t.key
     WHERE t.id = ? AND g.id = ?`,
    tenantId,
    groupId,
  );
  if (!top) return;
  const search: Search = { sql, gapsOnly, completeness, entered: 0, ways: 0 };
  yield* enter(search, [top], { path: [], passed: new Set() });
  if (isOver(search)) yield { members: [], isCut: true };
}

/** @param nodes the same group, as each tenant knows it that does */
function* enter(search: Search, nodes: readonly Node[], place: Place): Generator<WithinSlice> {
  const { path, passed } = place;
  search.entered++;
  yield { members: [], gaps: gapsOf(search, nodes, path) };
  const inside = new Set([...passed, ...nodes.map(({ grp }) => grp)]);
  const way = place.right ? [nodes[0]?.name ?? '', ...path] : path;
  const nested: { readonly row: Row; readonly tenantId: string }[] = [];
  for (const node of nodes) {
    const { tenantId } = node;
    for (const rows of membersOf(search, node)) {
      for (const row of rows) if (row.isGroup) nested.push({ row, tenantId });
      const members = rows.filter(({ isGroup }) => !isGroup).map((row) => toFound(row, node, place, way));
      search.ways += members.length;
      yield { members };
      if (isOver(search)) return;
    }
  }
  const ways = new Set<string>();
  for (const { row, tenantId } of nested) {
    const known = nodesOf(search.sql, row, tenantId);
    if (known.length === 0) yield { members: [], gaps: [{ name: row.name, path: way }] };
    const next = known.filter(({ grp }) => !inside.has(grp));
    // Groups may be in each other: nobody gets in by passing one twice. And a directory may be connected twice.
    const entrance = JSON.stringify([next.map(({ grp }) => grp), row.access]);
    if (next.length === 0 || ways.has(entrance)) continue;
    ways.add(entrance);
    yield* enter(search, next, { path: way, passed: inside, right: place.right ?? { access: row.access } });
    if (isOver(search)) return;
  }
}

function isOver({ entered, ways }: Search): boolean {
  return entered > mostEntered || ways > mostWays;
}

/** Members by whom there is access: not those with the right `None`. */
function* membersOf({ sql, gapsOnly }: Search, { grp }: Node): Generator<readonly Row[]> {
  for (let [sort, principal, dup] = ['', -1, -1]; ; ) {
    const rows = sql.all<Row>(
      `SELECT m.sort, m.principal, p.object, p.is_group AS isGroup, ${membershipColumns}
       FROM member m CROSS JOIN principal p ON p.key = m.principal
       WHERE m.grp = ?1 AND (m.sort, m.principal, m.dup) > (?2, ?3, ?4) ${gapsOnly ? 'AND p.is_group' : ''}
       ORDER BY m.sort, m.principal, m.dup LIMIT ${sliceRows}`,
      grp,
      sort,
      principal,
      dup,
    );
    yield rows.filter(({ access }) => access !== 'None');
    const last = rows.at(-1);
    if (rows.length < sliceRows || !last) return;
    [sort, principal, dup] = [last.sort, last.principal, last.dup];
  }
}

/** A member that is a group, as the tenants know it: as its own tenant does, or by a directory's id any. */
function nodesOf(sql: Sql, { object, id, identifier }: Row, tenantId: string): readonly Node[] {
  const known = object ?? identifier ?? id;
  return sql.all(
    `SELECT g.key AS grp, t.id AS tenantId, g.id AS groupId, g.name
     FROM tenant t CROSS JOIN grp g ON g.tenant = t.key AND g.id IN (?2, ?3, ?4)
     WHERE t.id = ?1 OR ?5 ORDER BY t.id = ?1 DESC, t.key`,
    tenantId,
    known,
    known.toUpperCase(),
    identifier ?? id,
    isGuid(known) ? 1 : 0,
  );
}

/** Nothing where one of the tenants knows all members. */
function gapsOf(
  { sql, completeness: read }: Search,
  nodes: readonly Node[],
  path: readonly string[],
): readonly WithinGap[] {
  const told = nodes.map(({ tenantId, groupId, name }) => {
    const completeness = read(sql, { list: 'members', tenantId, groupId });
    return { name, path, known: { tenantId, groupId, completeness } };
  });
  return told.some(({ known }) => known.completeness.state === 'complete') ? [] : told.slice(0, 1);
}

function toFound(row: Row, { tenantId, groupId }: Node, { right }: Place, path: readonly string[]): FoundMember {
  const member = toMember(row);
  const { id: memberId, name, email, principalType, source } = member;
  const access = right ? right.access : row.access;
  return {
    tenantId,
    groupId,
    memberId,
    principal: row.principal,
    name,
    principalType,
    isGuest: isGuest(member),
    path,
    ...(source === undefined ? {} : { source }),
    ...(email === undefined ? {} : { email }),
    ...(row.object === null ? {} : { objectId: row.object }),
    ...(access === null ? {} : { accessRight: access }),
  };
}
