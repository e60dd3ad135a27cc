import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding, FoundPrincipal, StoreReader } from '../../../../src/core/store.ts';
import { hasTerms, searchText, termsOf } from '../../../../src/core/text/searchText.ts';
import { contoso, group, groupsOf, member, openReader, openWriter, storePath } from '../fixture.ts';

type Person = readonly [name: string, email?: string];

function readerOf(people: readonly Person[], groups: readonly string[] = ['Sales']): StoreReader {
  const path = storePath();
  const { writer, load } = openWriter(path);
  writer.addTenant(contoso);
  const members = people.map(([name, email], index) => member(`id${index}`, { name, ...(email ? { email } : {}) }));
  load(groupsOf('contoso'), { groups: groups.map((name, index) => group(`g${index}`, { name, members })) });
  return openReader(path);
}

async function found(
  reader: StoreReader,
  query: string,
): Promise<{ people: string[]; groups: string[]; isCut: boolean }> {
  const findings: Finding[] = [];
  for await (const finding of reader.find(query)) findings.push(finding);
  return {
    people: findings.flatMap(({ principals = [] }) => principals.map(({ name }) => name)).sort(),
    groups: findings.flatMap(({ groups = [] }) => groups.map(({ name }) => name)),
    isCut: findings.some(({ isCut }) => isCut),
  };
}

const people: readonly Person[] = [
  ['Zoë Álvarez', 'zoe.alvarez@contoso.com'],
  ['Łukasz Wiśniewski', 'lukasz.wisniewski@contoso.com'],
  ['田中 美咲', 'misaki.tanaka@contoso.com'],
  ['佐藤 健', 'takeru.sato@contoso.com'],
  ['김민준', 'minjun.kim@contoso.com'],
  ['Tom Li', 'tom.li@contoso.com'],
  ['Mary Okonkwo-Smith', 'mary@fabrikam.com'],
  ['กนกพร ศรีสุข'],
  ['Søren Ægidius'],
  ['O’Sullivan "Aoife" AND (NOT) *', 'ao@x.example'],
];

describe('what is looked for', () => {
  const names = people.map(([name]) => name);
  const cases: [query: string, ...expected: number[]][] = [
    ['alvarez zoe', 0],
    ['  ZOË   álv ', 0],
    ['lukasz', 1],
    ['isnie', 1],
    ['美咲', 2],
    ['中', 2],
    ['中 美', 2],
    ['咲美'],
    ['健', 3],
    ['民', ...[]],
    ['민준', 4],
    ['li', 5],
    ['l', 1, 5],
    ['t l', 5],
    ['mary smith', 6],
    ['sm', 6],
    ['mith', 6],
    ['it'],
    ['fabrikam.com', 6],
    ['กพ', 7],
    ['soren aegid', 8],
    ['" AND', 9],
    ['"aoife"', 9],
    ['(not)', 9],
    ['*', 9],
    ['nobody'],
    ['zoe nobody'],
    ['id0', 0],
    ['ID0', 0],
    ['d0'],
    [''],
    ['  '],
  ];
  for (const [query, ...expected] of cases) {
    it(`is found by "${query}"`, async () => {
      const { people: hits } = await found(readerOf(people), query);
      assert.deepEqual(hits, expected.map((index) => names[index] ?? '').sort());
    });
  }

  it('is found where scripts meet in a word', async () => {
    const mixed: Person[] = [
      ['ał中a', 'a'],
      ['a', 'a'],
    ];
    assert.deepEqual((await found(readerOf(mixed), 'ł中')).people, ['ał中a']);
  });

  it('may be a group', async () => {
    const reader = readerOf(people, ['Finance – Month End', 'Sales APAC – 売上分析', 'Finance 2']);
    assert.deepEqual((await found(reader, 'month fin')).groups, ['Finance – Month End']);
    assert.deepEqual((await found(reader, 'fi')).groups, ['Finance 2', 'Finance – Month End']);
    assert.deepEqual((await found(reader, '分析')).groups, ['Sales APAC – 売上分析']);
  });

  it('may be one group of very many, by its name of now', async () => {
    const path = storePath();
    const { writer, load } = openWriter(path);
    writer.addTenant(contoso);
    const names = Array.from({ length: 400 }, (_, index) => `Workspace ${index}`);
    const loadNamed = (...all: string[]) =>
      load(groupsOf('contoso'), { groups: all.map((name, index) => group(`g${index}`, { name })) });
    loadNamed(...names, 'Çelik, Étude');
    const reader = openReader(path);
    const groupsNamed = async (query: string) => (await found(reader, query)).groups;
    assert.deepEqual(await groupsNamed('space 39'), ['Workspace 39', ...names.slice(390)]);
    const broad = await found(reader, 'workspace');
    assert.deepEqual([broad.groups.length, broad.groups[0], broad.isCut], [120, 'Workspace 0', true]);
    assert.deepEqual(await groupsNamed('ETUDE celik'), ['Çelik, Étude']);
    assert.deepEqual([await groupsNamed('ét'), await groupsNamed('ce e')], [['Çelik, Étude'], ['Çelik, Étude']]);
    loadNamed(...names, 'Renamed');
    assert.deepEqual([await groupsNamed('etude'), await groupsNamed('ename')], [[], ['Renamed']]);
    assert.deepEqual([await groupsNamed('et'), await groupsNamed('re')], [[], ['Renamed']]);
    loadNamed(...names);
    assert.deepEqual([await groupsNamed('ename'), await groupsNamed('re')], [[], []]);
    assert.deepEqual([(await groupsNamed('w')).length, await groupsNamed('x')], [120, []]);
    writer.removeRows('contoso');
    assert.deepEqual(await groupsNamed('workspace'), []);
    loadNamed('Workspace again');
    assert.deepEqual(await groupsNamed('workspace'), ['Workspace again']);
    assert.deepEqual(await groupsNamed('ag'), ['Workspace again']);
  });

  it('tells who it is, and in how many groups', async () => {
    const path = storePath();
    const { writer, load } = openWriter(path);
    writer.addTenant(contoso);
    const zoe = member('zoe', { name: 'Zoe', email: 'z@x.example', details: { userType: 'Guest' } });
    load(groupsOf('contoso'), {
      groups: ['a', 'b'].map((id) => group(id, { members: [{ ...zoe, accessRight: id }] })),
    });
    const reader = openReader(path);
    const all: FoundPrincipal[] = [];
    for await (const { principals = [] } of reader.find('zoe')) all.push(...principals);
    const [hit] = all;
    assert.ok(hit && all.length === 1);
    const { key, ...rest } = hit;
    assert.deepEqual(rest, {
      tenantId: 'contoso',
      name: 'Zoe',
      email: 'z@x.example',
      principalType: 'user',
      isGuest: true,
      groups: 2,
    });
    assert.deepEqual(await reader.membershipsOf(key), [
      { tenantId: 'contoso', groupId: 'a', groupName: 'Group a', memberId: 'zoe', accessRight: 'a' },
      { tenantId: 'contoso', groupId: 'b', groupName: 'Group b', memberId: 'zoe', accessRight: 'b' },
    ]);
  });

  it('is not found any more when it is gone, nor what it was called before', async () => {
    const path = storePath();
    const { writer, load } = openWriter(path);
    writer.addTenant(contoso);
    const withMembers = (...names: string[]) =>
      load(groupsOf('contoso'), { groups: [group('g', { members: names.map((name) => member(name, { name })) })] });
    withMembers('Ada Former', 'Bob');
    withMembers('Bob');
    const reader = openReader(path);
    assert.deepEqual((await found(reader, 'former')).people, []);
    assert.deepEqual((await found(reader, 'bob')).people, ['Bob']);
    writer.removeRows('contoso');
    assert.deepEqual((await found(reader, 'bob')).people, []);
    withMembers('Bob', 'Cem');
    assert.deepEqual((await found(reader, 'bo')).people, ['Bob']);
    writer.addTenant({ ...contoso, id: 'other' });
    load(groupsOf('other'), { groups: [group('g', { members: [member('Bob')] })] });
    writer.removeTenant('other');
    assert.deepEqual((await found(reader, 'cem')).people, ['Cem']);
  });

  it('is cut where there is more than anybody reads', async () => {
    const many = Array.from({ length: 300 }, (_, index): Person => [`Person ${index}`]);
    const { people: hits, isCut } = await found(readerOf(many), 'person');
    assert.deepEqual([hits.length, isCut], [120, true]);
    assert.equal((await found(readerOf(many), 'person 299')).isCut, false);
  });

  it('is just what a look at everybody finds', async () => {
    const letters = ['a', 'b', 'ab', 'zo', ' ', '-', '"', '田', '中', 'é', 'ł', '9', '@', '.'];
    const text = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    const named = text.filter((name) => name.trim() !== '');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(named, text), { minLength: 1, maxLength: 12 }), text, async (pairs, query) => {
        const terms = termsOf(query);
        const expected = pairs.filter(([name, email]) => terms.length > 0 && hasTerms(searchText(name, email), terms));
        const { people: hits } = await found(readerOf(pairs), query);
        assert.deepEqual(hits, expected.map(([name]) => name).sort());
      }),
      { numRuns: 150 },
    );
  }).timeout(60_000);
});
