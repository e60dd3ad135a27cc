import type { FoundMember, WithinGap, WithinSlice } from '../../../core/access/found.ts';
import type { ListingKey } from '../../../core/listing.ts';
import { type Completeness, isGuest } from '../../../core/model.ts';
import { isGuid } from '../../../core/objectId.ts';
import { type MembershipRow, membershipColumns, toMember } from '../../memberContent.ts';
import type { Sql } from '../../sql.ts';

const sliceRows = 300;
/** The same where only groups among them are read. */
const sliceLooks = 2000;

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
  readonly principal: number;
  readonly object: string | null;
  readonly isGroup: number;
}

/** Nested groups passed, by name and by id. */
type Way = Pick<FoundMember, 'path' | 'passed'>;

/** Where a search is: below which groups, and what those who are found there have at the top. */
interface Place {
  readonly way: Way;
  readonly entered: ReadonlySet<number>;
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
  yield* enter(search, [top], { way: { path: [], passed: [] }, entered: new Set() });
  if (isOver(search)) yield { members: [], isCut: true };
}

/** @param nodes the same group, as each tenant knows it that does */
function* enter(search: Search, nodes: readonly Node[], place: Place): Generator<WithinSlice> {
  search.entered++;
  yield { members: [], gaps: gapsOf(search, nodes, place.way.path) };
  const inside = new Set([...place.entered, ...nodes.map(({ grp }) => grp)]);
  const way = place.right ? behind(place.way, nodes[0]) : place.way;
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
    if (known.length === 0) yield { members: [], gaps: [{ id: knownAs(row), name: row.name, path: way.path }] };
    const next = known.filter(({ grp }) => !inside.has(grp));
    // Groups may be in each other: nobody gets in by passing one twice. And a directory may be connected twice.
    const entrance = JSON.stringify([next.map(({ grp }) => grp), row.access]);
    if (next.length === 0 || ways.has(entrance)) continue;
    ways.add(entrance);
    yield* enter(search, next, { way, entered: inside, right: place.right ?? { access: row.access } });
    if (isOver(search)) return;
  }
}

function behind({ path, passed }: Way, node: Node | undefined): Way {
  return { path: [node?.name ?? '', ...path], passed: [node?.groupId.toLowerCase() ?? '', ...passed] };
}

function isOver({ entered, ways }: Search): boolean {
  return entered > mostEntered || ways > mostWays;
}

/** Members by whom there is access: not those with the right `None`. */
function* membersOf({ sql, gapsOnly }: Search, { grp }: Node): Generator<readonly Row[]> {
  for (let [sort, principal, dup] = ['', -1, -1]; ; ) {
    const limit = gapsOnly ? sliceLooks : sliceRows;
    const some = `SELECT * FROM member WHERE grp = ?1 AND (sort, principal, dup) > (?2, ?3, ?4)
      ORDER BY sort, principal, dup LIMIT ${limit}`;
    const rows = sql.all<Row>(
      `SELECT m.principal, p.object, p.is_group AS isGroup, ${membershipColumns}
       FROM (${some}) m CROSS JOIN principal p ON p.key = m.principal ${gapsOnly ? 'WHERE p.is_group' : ''}
       ORDER BY m.sort, m.principal, m.dup`,
      grp,
      sort,
      principal,
      dup,
    );
    yield rows.filter(({ access }) => access !== 'None');
    const last = sql.get<{ sort: string; principal: number; dup: number }>(
      `SELECT sort, principal, dup FROM (${some}) LIMIT 1 OFFSET ${limit - 1}`,
      grp,
      sort,
      principal,
      dup,
    );
    if (!last) return;
    [sort, principal, dup] = [last.sort, last.principal, last.dup];
  }
}

function knownAs({ object, id, identifier }: Row): string {
  return object ?? identifier ?? id;
}

/** A member that is a group, as the tenants know it: as its own tenant does, or by a directory's id any. */
function nodesOf(sql: Sql, row: Row, tenantId: string): readonly Node[] {
  const { id, identifier } = row;
  const known = knownAs(row);
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
    return { id: groupId, name, path, known: { tenantId, groupId, completeness } };
  });
  return told.some(({ known }) => known.completeness.state === 'complete') ? [] : told.slice(0, 1);
}

function toFound(row: Row, { tenantId, groupId }: Node, { right }: Place, way: Way): FoundMember {
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
    ...way,
    ...(source === undefined ? {} : { source }),
    ...(email === undefined ? {} : { email }),
    ...(row.object === null ? {} : { objectId: row.object }),
    ...(access === null ? {} : { accessRight: access }),
  };
}
