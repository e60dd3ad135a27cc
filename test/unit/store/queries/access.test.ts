import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Access } from '../../../../src/core/model.ts';
import type { MemberRow } from '../../../../src/core/provider/rows.ts';
import { joinSame } from '../../../../src/core/samePerson.ts';
import type { AccessSlice, StoreReader } from '../../../../src/core/store.ts';
import { contosoGroups, contosoWith, group, member, openReader } from '../fixture.ts';
import { guid, nested, readerOf, type World } from '../world.ts';

async function search(reader: StoreReader, query: string): Promise<{ items: Access[]; slices: AccessSlice[] }> {
  const slices: AccessSlice[] = [];
  for await (const slice of reader.access(query)) slices.push(slice);
  return { items: slices.flatMap(({ items }) => items), slices };
}

const textOf = ({ tenantId, groupId, member: { id, accessRight = '-' }, path }: Access) =>
  `${tenantId}/${groupId} ${id} ${accessRight} via ${path.join(' > ')}`;

const zoe = (more: Partial<MemberRow> = {}) => member('zoe', { name: 'Zoe', ...more });

describe('effective access', () => {
  const [all, finance, interns] = [guid(1), guid(2), guid(3)];

  it('leads through the groups of a directory to those of other tenants', async () => {
    const reader = readerOf({
      tenants: {
        powerbi: {
          sales: [nested(all, { identifier: all, accessRight: 'Viewer' }), zoe({ accessRight: 'Admin' })],
          secret: [nested(all, { accessRight: 'None' })],
        },
        uipath: {
          robots: [nested('internal', { source: 'aad', details: { externalId: all.toUpperCase() } })],
          others: [nested(`aad|${finance}`, { source: 'aad' })],
        },
        admin: { plant: [nested('x', { accessRight: 'Member', details: { graphId: finance } })] },
        directory: { [all]: [nested(finance)], [finance]: [zoe()] },
      },
    });
    const { items } = await search(reader, 'zoe');
    assert.deepEqual(items.map(textOf).sort(), [
      `admin/plant zoe Member via N${finance}`,
      `directory/${all} zoe - via N${finance}`,
      `directory/${finance} zoe - via `,
      'powerbi/sales zoe Admin via ',
      `powerbi/sales zoe Viewer via N${finance} > N${all}`,
      `uipath/others zoe - via N${finance}`,
      `uipath/robots zoe - via N${finance} > N${all}`,
    ]);
  });

  it('leads nowhere from a group of another tenant that only has the same name for an id', async () => {
    const groups = { outer: [nested('inner')], inner: [zoe()] };
    const reader = readerOf({ tenants: { one: groups, two: { outer: [nested('INNER')] } } });
    assert.deepEqual((await search(reader, 'zoe')).items.map(textOf), [
      'one/inner zoe - via ',
      'one/outer zoe - via Ninner',
    ]);
  });

  it('ends in a round, and tells both ways round a diamond', async () => {
    const reader = readerOf({
      tenants: {
        t: {
          a: [zoe(), nested('c')],
          b: [nested('a')],
          c: [nested('b')],
          left: [nested('a')],
          right: [nested('a')],
          top: [nested('left'), nested('right')],
        },
      },
    });
    assert.deepEqual((await search(reader, 'zoe')).items.map(textOf).sort(), [
      't/a zoe - via ',
      't/b zoe - via Na',
      't/c zoe - via Na > Nb',
      't/left zoe - via Na',
      't/right zoe - via Na',
      't/top zoe - via Na > Nleft',
      't/top zoe - via Na > Nright',
    ]);
  });

  it('is told once where a directory is connected twice', async () => {
    const directory = { [all]: [nested(finance)], [finance]: [member(guid(9), { name: 'Zoe' })] };
    const reader = readerOf({ tenants: { one: directory, two: directory, ws: { w: [nested(all)] } } });
    const { items } = await search(reader, 'zoe');
    assert.equal(items.filter(({ tenantId }) => tenantId === 'ws').length, 1);
  });

  it('is found by the id that all services share', async () => {
    const reader = readerOf({ tenants: { t: { g: [zoe({ details: { graphId: guid(7) } })] } } });
    assert.equal((await search(reader, guid(7).toUpperCase())).items.length, 1);
  });

  it('takes e-mail addresses in another case for one person, and those with an accent for another one', async () => {
    const jose = (id: string, email: string) => member(id, { name: 'Jose', email });
    const [one, same, other] = [jose('1', 'jose@x.example'), jose('2', 'JOSE@x.example'), jose('3', 'José@x.example')];
    const reader = readerOf({ tenants: { t: { g: [one, other] }, u: { g: [same] } } });
    const known = async (email: string) => {
      const ids: string[] = [];
      for await (const { principals } of reader.same([{ email }])) ids.push(...principals.map(({ id }) => id));
      return ids.sort();
    };
    assert.deepEqual(await known('Jose@X.example'), ['1', '2']);
    assert.deepEqual(await known('JOSÉ@x.example'), ['3']);
    const all = [one, same, other].map(({ email = '' }) => ({ principalType: 'user', email }));
    assert.deepEqual(
      joinSame(all).map((people) => people.length),
      [2, 1],
    );
  });

  it('says how many groups nobody can look into', async () => {
    const world = {
      ws: { w: [nested(all), nested(finance), zoe()], v: [nested(all)], u: [nested('own'), nested('v')] },
    };
    const unknown = async (tenants: World['tenants']) =>
      (await search(readerOf({ tenants }), 'nobody')).slices.at(-1)?.unknownGroups;
    assert.equal(await unknown(world), 3);
    assert.equal(await unknown({ ...world, directory: { [all.toUpperCase()]: [], [interns]: [] } }), 2);
    assert.equal(await unknown({ ...world, directory: { [all]: [], [finance]: [], own: [] } }), 1);
  });

  it('says nothing of a group that is in none any more, though a snapshot remembers it', async () => {
    const { writer, load, path } = contosoWith();
    load(contosoGroups, { groups: [group('w', { members: [nested(finance), zoe()] })] });
    const reader = openReader(path);
    const unknown = async () => (await search(reader, 'nobody')).slices.at(-1)?.unknownGroups;
    assert.equal(await unknown(), 1);
    writer.takeSnapshot('contoso', {});
    load(contosoGroups, { groups: [group('w', { members: [zoe()] })] });
    assert.equal(await unknown(), 0);
  });

  it('is not told to the end where there are more ways than anybody reads', async () => {
    // Twenty floors of two groups each: over a million ways up.
    const floors = Array.from({ length: 20 }, (_, floor) => floor);
    const groups = Object.fromEntries(
      floors.flatMap((floor) =>
        ['l', 'r'].map((side) => [
          `${side}${floor}`,
          floor === 0 ? [zoe()] : [nested(`l${floor - 1}`), nested(`r${floor - 1}`)],
        ]),
      ),
    );
    const { items, slices } = await search(readerOf({ tenants: { t: groups } }), 'zoe');
    assert.ok(items.length >= 10_000 && items.length < 11_000, String(items.length));
    assert.ok(slices.some(({ isCut }) => isCut));
    assert.ok(slices.every((slice) => slice.items.length <= 501));
  });

  it('equals a search of all simple ways, whatever is in whatever', async () => {
    const count = 6;
    const ids = Array.from({ length: count }, (_, index) => guid(index));
    const edges = fc.array(
      fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.constantFrom('Admin', 'None', undefined)),
      {
        maxLength: 14,
      },
    );
    await fc.assert(
      fc.asyncProperty(
        edges,
        fc.uniqueArray(fc.nat(count - 1), { minLength: 1 }),
        fc.nat(count),
        async (into, ofZoe, split) => {
          /** The first groups are in one tenant, the others in a second. */
          const tenantOf = (index: number) => (index < split ? 'one' : 'two');
          const members: MemberRow[][] = ids.map((_, index) => (ofZoe.includes(index) ? [zoe()] : []));
          const seen = new Set<string>();
          for (const [inner, outer, accessRight] of into) {
            if (seen.has(`${inner} ${outer}`)) continue;
            seen.add(`${inner} ${outer}`);
            members[outer]?.push(nested(ids[inner] ?? '', accessRight ? { accessRight } : {}));
          }
          const tenants: Record<string, Record<string, MemberRow[]>> = { one: {}, two: {} };
          for (const [index, rows] of members.entries()) {
            const tenant = tenants[tenantOf(index)];
            if (tenant) tenant[ids[index] ?? ''] = rows;
          }

          const expected: string[] = [];
          const walk = (at: number, path: readonly number[], right: string): void => {
            expected.push(
              `${tenantOf(at)}/${ids[at]} zoe ${right} via ${path.map((one) => `N${ids[one]}`).join(' > ')}`,
            );
            for (const [outer, rows] of members.entries()) {
              const as = rows.find(
                ({ identifier, principalType }) => principalType === 'group' && identifier === ids[at],
              );
              if (!as || as.accessRight === 'None' || outer === at || path.includes(outer)) continue;
              walk(outer, [...path, at], as.accessRight ?? '-');
            }
          };
          for (const start of ofZoe) walk(start, [], '-');

          const { items } = await search(readerOf({ tenants }), 'zoe');
          assert.deepEqual(items.map(textOf).sort(), expected.sort());
        },
      ),
      { numRuns: 60 },
    );
  }).timeout(60_000);
});
