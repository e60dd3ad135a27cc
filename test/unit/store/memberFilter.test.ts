import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isMeant, type MemberFacets, type MemberFilter } from '../../../src/core/memberFilter.ts';
import { isGuest, type Member } from '../../../src/core/model.ts';
import { noGroupId } from '../../../src/core/noGroup.ts';
import type { MemberRow } from '../../../src/core/provider/rows.ts';
import type { MemberKey, StoreReader } from '../../../src/core/store.ts';
import { memberKeySlices } from '../../../src/store/queries/memberKeys.ts';
import { allRows, contosoWith, member, membersOf, openReader } from './fixture.ts';

/** Every way in which somebody may be marked as a guest, and ways that only look like one. */
const marks: readonly Partial<MemberRow>[] = [
  {},
  { details: { userType: 'Guest' } },
  { details: { userType: 'guest', other: 1 } },
  { details: { userType: 'Member' } },
  { email: 'ana_fabrikam.example#EXT#@contoso.example' },
  { identifier: 'bob#ext#@contoso.example' },
  { details: { userPrincipalName: 'cleo#EXT#@contoso.example' } },
  { email: 'd#EXT#@x.example', details: { userPrincipalName: 'd#EXT#@x.example' } },
  // Named as its own type is: then the name stands for both.
  { name: 'Guest', details: { userType: 'Guest' } },
  { name: 'Guest', details: { department: 'Guest' } },
  { name: 'The guest#EXT#house' },
  { details: { note: 'a guest of ours, #EXT#' } },
];

const matches =
  ({ rights, principalTypes, guests }: MemberFilter) =>
  (one: Member): boolean =>
    (rights?.includes(one.accessRight ?? '') ?? true) &&
    (principalTypes?.includes(one.principalType) ?? true) &&
    (!guests || isGuest(one));

async function keysOf(reader: StoreReader, filter: MemberFilter, groupId = 'g'): Promise<readonly MemberKey[]> {
  const all: MemberKey[] = [];
  for await (const keys of reader.memberKeys('contoso', groupId, filter)) all.push(...keys);
  return all;
}

async function filtered(reader: StoreReader, filter: MemberFilter, groupId = 'g'): Promise<readonly Member[]> {
  return reader.membersAt('contoso', groupId, await keysOf(reader, filter, groupId));
}

async function facetsOf(reader: StoreReader, groupId = 'g'): Promise<MemberFacets | undefined> {
  let last: MemberFacets | undefined;
  for await (const facets of reader.memberFacets('contoso', groupId)) last = facets;
  return last;
}

function people(count: number): MemberRow[] {
  return Array.from({ length: count }, (_, index) => {
    const right = ['Admin', 'Member', 'Viewer', undefined][index % 4];
    return member(`m${index}`, {
      principalType: ['user', 'group', 'app', 'Committee'][index % 5 === 0 ? index % 3 : 3 - (index % 4)] ?? 'user',
      ...(right === undefined ? {} : { accessRight: right }),
      ...marks[index % marks.length],
    });
  });
}

function opened(members: readonly MemberRow[]): StoreReader {
  const { load, path } = contosoWith('g', 'other');
  load(membersOf('contoso', 'g'), { members });
  load(membersOf('contoso', 'other'), { members: [member('x', { accessRight: 'Admin' })] });
  return openReader(path);
}

describe('filtered members', () => {
  it('are those that an unhurried look at every one finds, in the same order, however they are sliced', async () => {
    const { load, sql, path } = contosoWith('g', 'other');
    load(membersOf('contoso', 'g'), { members: people(120) });
    load(membersOf('contoso', 'other'), { members: [member('x', { accessRight: 'Admin' })] });
    const reader = openReader(path);
    const all = reader.members('contoso', 'g', allRows);
    assert.ok(all.filter(isGuest).length >= 50);
    const some = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
    const filters = fc.record(
      {
        rights: some('Admin', 'Member', 'Viewer', '', "None' OR 1"),
        principalTypes: some('user', 'group', 'app', 'Committee', 'robot'),
        guests: fc.constant(true as const),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(filters, fc.integer({ min: 1, max: 60 }), (filter, limit) => {
        const expected = all.filter(matches(filter));
        assert.deepEqual(
          all.filter((one) => isMeant(one, filter)),
          expected,
        );
        const slices = [...memberKeySlices(sql, 'contoso', 'g', filter, limit)];
        assert.ok(slices.length >= Math.ceil(all.length / limit));
        assert.ok(slices.every((keys) => keys.length <= limit));
        assert.deepEqual(reader.membersAt('contoso', 'g', slices.flat()), expected);
      }),
      { numRuns: 40 },
    );
  }).timeout(30_000);

  it('are read on where they were while rows come and go, and those that are gone are left out', async () => {
    const { load, sql, path } = contosoWith('g');
    const admin = (id: string) => member(id, { accessRight: 'Admin' });
    load(membersOf('contoso', 'g'), { members: ['a', 'b', 'c', 'd', 'e'].map(admin) });
    const reader = openReader(path);
    const slices = memberKeySlices(sql, 'contoso', 'g', { rights: ['Admin'] }, 2);
    const keys: MemberKey[] = [...(slices.next().value ?? [])];
    load(membersOf('contoso', 'g'), { members: ['a', 'c', 'd', 'f'].map(admin) });
    for (const some of slices) keys.push(...some);
    assert.deepEqual(
      reader.membersAt('contoso', 'g', keys).map(({ id }) => id),
      ['a', 'c', 'd', 'f'],
    );
  });

  it('come in slices of a large group, so that other work gets its turn, and no more when nobody asks', async () => {
    const reader = opened(people(5000));
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    let slices = 0;
    for await (const keys of reader.memberKeys('contoso', 'g', {})) {
      assert.ok(keys.length <= 2000);
      slices += 1;
    }
    isOver = true;
    assert.equal(slices, 3);
    assert.ok(turns >= 2);
    for await (const keys of reader.memberKeys('contoso', 'g', {})) {
      assert.equal(keys.length, 2000);
      break;
    }
  });

  it('have facets that say how many there are of each, of however many members', async () => {
    const reader = opened(people(5000));
    const all = reader.members('contoso', 'g', allRows);
    const facets = await facetsOf(reader);
    const count = (filter: MemberFilter) => all.filter(matches(filter)).length;
    assert.equal(facets?.members, 5000);
    assert.equal(facets.guests, count({ guests: true }));
    assert.deepEqual([...facets.rights.keys()].sort(), ['', 'Admin', 'Member', 'Viewer']);
    for (const [right, members] of facets.rights) assert.equal(members, count({ rights: [right] }), right);
    for (const [type, members] of facets.principalTypes) assert.equal(members, count({ principalTypes: [type] }), type);
    assert.equal(
      [...facets.principalTypes.values()].reduce((sum, members) => sum + members, 0),
      5000,
    );
  }).timeout(30_000);

  it('may be those in no group', async () => {
    const { load, path } = contosoWith('g');
    load(membersOf('contoso', noGroupId), { members: [member('a'), member('r', { principalType: 'robot' })] });
    const reader = openReader(path);
    const filter = { principalTypes: ['robot'] };
    assert.deepEqual(
      (await filtered(reader, filter, noGroupId)).map(({ id }) => id),
      ['r'],
    );
    assert.equal((await facetsOf(reader, noGroupId))?.principalTypes.get('robot'), 1);
  });
});
