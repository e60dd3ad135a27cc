import assert from 'node:assert/strict';
import fc from 'fast-check';
import { accessText, type GroupLines, lineOf } from '../../../../src/commands/accessFile/accessText.ts';
import { compareGroup, type GroupState } from '../../../../src/commands/accessFile/compareGroup.ts';
import { type FileGroup, parseFile } from '../../../../src/commands/accessFile/parseFile.ts';
import type { Wish } from '../../../../src/core/changes.ts';
import type { Member } from '../../../../src/core/model.ts';
import { planMembers } from '../../../../src/core/planWorld.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { group } from '../../../support/fakeReader.ts';

const rights = ['Admin', 'Member', 'Viewer'];

function stateOf(all: readonly Member[], fields: Partial<GroupState> = {}): GroupState {
  return { group: group('t', 'g', { name: 'G' }), members: planMembers(all), isWhole: true, rights, ...fields };
}

function written({ group: { id, name }, members }: GroupState, isExact = true): GroupLines {
  const lines = members.all.map((member) => lineOf(member, members)).filter((line) => line !== undefined);
  return { id, name, isExact, members: lines };
}

async function groupIn(text: string): Promise<FileGroup> {
  const { file, problems } = await parseFile(text, translate);
  assert.deepEqual(problems, []);
  const [first] = file?.groups ?? [];
  assert.ok(first);
  return first;
}

/** What a service would have after these wishes. */
function carriedOut(members: readonly Member[], wishes: readonly Wish[]): readonly Member[] {
  let all = members;
  for (const { kind, principal, accessRight } of wishes) {
    assert.ok(principal);
    const { identifier, principalType, name, email } = principal;
    const found = planMembers(all).find(principal);
    const others = all.filter((one) => one !== found);
    const then = found ?? { id: identifier, identifier, principalType, name, details: {}, ...(email ? { email } : {}) };
    const { accessRight: _, ...rest } = then;
    all = kind === 'removeMember' ? others : [...others, { ...rest, ...(accessRight ? { accessRight } : {}) }];
  }
  return all;
}

/** Few ids and names, so that they meet in every way; and odd ones. */
const textArb = fc.oneof(
  fc.constantFrom('a@x.com', 'A@x.com', 'b@x.com', 'id-1', 'ID-1', ' ', '', 'None'),
  fc.string(),
);
const memberArb: fc.Arbitrary<Member> = fc
  .record({
    identifier: textArb,
    email: fc.option(textArb, { nil: undefined }),
    name: textArb,
    principalType: fc.constantFrom('user', 'group', 'app', 'robot', 'everyone', 'unknown', 'other'),
    accessRight: fc.option(fc.constantFrom('Admin', 'Viewer', 'Later', ''), { nil: undefined }),
    graphId: fc.option(textArb, { nil: undefined }),
    profileId: fc.option(textArb, { nil: undefined }),
  })
  .map(({ email, accessRight, graphId, profileId, ...rest }) => ({
    ...rest,
    id: rest.identifier,
    ...(email === undefined ? {} : { email }),
    ...(accessRight === undefined ? {} : { accessRight }),
    details: { graphId, ...(profileId === undefined ? {} : { profile: { id: profileId } }) },
  }));
const groupArb = fc
  .array(memberArb, { maxLength: 8 })
  .map((all) => all.map((one, index): Member => ({ ...one, id: `${one.id}~${index}` })));

/** People of whom each can be told from the others. */
const people: readonly Member[] = Array.from({ length: 6 }, (_, index): Member => {
  const isGroup = index > 3;
  const identifier = isGroup ? `id-${index}` : `p${index}@x.com`;
  const about = isGroup ? { principalType: 'group' } : { principalType: 'user', email: identifier };
  return { id: identifier, identifier, name: `Name ${index}`, details: {}, ...about };
});
const somePeople = fc
  .tuple(...people.map(() => fc.option(fc.constantFrom(...rights), { nil: undefined })))
  .map((given) =>
    people.flatMap((one, index) => (given[index] === undefined ? [] : [{ ...one, accessRight: given[index] }])),
  );

describe('an access file', () => {
  it('written from what is asks for nothing, whoever is in the group', async () => {
    await fc.assert(
      fc.asyncProperty(groupArb, async (all) => {
        const state = stateOf(all);
        const lines = written(state);
        const isFaithful = lines.members.length === all.length;
        const text = accessText('T', [{ ...lines, isExact: isFaithful }]);
        const { wishes, problems, before, after } = await compareGroup(await groupIn(text), state, translate);
        assert.deepEqual([wishes, problems], [[], []]);
        assert.equal(accessText('T', [before]), accessText('T', [after]));
        if (isFaithful) assert.equal(accessText('T', [before]), text);
      }),
      { numRuns: 500 },
    );
  });

  it('that is exact brings any group to what it was written from', async () => {
    await fc.assert(
      fc.asyncProperty(somePeople, somePeople, async (wanted, now) => {
        const text = accessText('T', [written(stateOf(wanted))]);
        const { wishes, after } = await compareGroup(await groupIn(text), stateOf(now), translate);
        const then = carriedOut(
          now,
          wishes.map(({ wish }) => wish),
        );
        assert.equal(accessText('T', [written(stateOf(then))]), text);
        assert.equal(accessText('T', [after]), text);
      }),
    );
  });

  it('that is not exact takes nobody’s access away, and brings all that it lists', async () => {
    await fc.assert(
      fc.asyncProperty(somePeople, somePeople, async (wanted, now) => {
        const text = accessText('T', [written(stateOf(wanted), false)]);
        const { wishes } = await compareGroup(await groupIn(text), stateOf(now), translate);
        const then = carriedOut(
          now,
          wishes.map(({ wish }) => wish),
        );
        const has = new Map(then.map(({ id, accessRight }) => [id, accessRight]));
        const expected = new Map([...now, ...wanted].map(({ id, accessRight }) => [id, accessRight]));
        assert.deepEqual(has, expected);
      }),
    );
  });

  it('is the same whatever order the service has', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...people], { minLength: people.length }), (all) => {
        assert.equal(accessText('T', [written(stateOf(all))]), accessText('T', [written(stateOf(people))]));
      }),
    );
  });

  it('is friendly to version control', () => {
    const [one, , , , other] = people;
    assert.ok(one && other);
    const state = stateOf([{ ...other, accessRight: 'Viewer' }, one]);
    assert.equal(
      accessText('Contoso', [written(state)]),
      `{
  "tenant": "Contoso",
  "groups": [
    {
      "id": "g",
      "name": "G",
      "exact": true,
      "members": [
        {
          "identifier": "id-4",
          "name": "Name 4",
          "principalType": "group",
          "accessRight": "Viewer"
        },
        {
          "identifier": "p0@x.com",
          "name": "Name 0",
          "principalType": "user"
        }
      ]
    }
  ]
}
`,
    );
  });

  it('of any text is read without a throw, and every mark is in it', async () => {
    const good = accessText('T', [written(stateOf(people))]);
    const broken = fc
      .tuple(fc.nat(good.length), fc.nat(30), fc.string({ unit: fc.constantFrom(...'{}[]:,"\\/ *\n1tn') }))
      .map(([at, cut, put]) => good.slice(0, at) + put + good.slice(at + cut));
    const texts = fc.oneof(broken, fc.json(), fc.string(), fc.string({ unit: fc.constantFrom(...'{}[]:,"\\/* \na1') }));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { file, problems } = await parseFile(text, translate);
        for (const { span, severity } of problems) {
          assert.equal(severity, 'error');
          assert.ok(span.offset >= 0 && span.length >= 0 && span.offset + span.length <= text.length + 1);
        }
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          return;
        }
        // What JSON can be read as is read as that.
        if (problems.length > 0) return;
        const read = value as { tenant: string; groups: { members: { identifier: string }[] }[] };
        assert.equal(file?.tenant.value, read.tenant);
        assert.deepEqual(
          file?.groups.map(({ members }) => members.map(({ identifier }) => identifier.value)),
          read.groups.map(({ members }) => members.map(({ identifier }) => identifier.trim())),
        );
      }),
      { numRuns: 1000 },
    );
    for (const deep of ['['.repeat(100_000), '{"a":'.repeat(100_000)])
      assert.ok((await parseFile(deep, translate)).problems.length > 0);
  });

  it('may have comments and commas at the end', async () => {
    const text = '// why\n{ "tenant": "T", "groups": [ { "id": "g", "members": [], }, /* all */ ], }';
    assert.deepEqual((await parseFile(text, translate)).problems, []);
  });
});

describe('what is wrong in an access file', () => {
  const frame = (member: string, more = '"exact": false') =>
    `{ "tenant": "T", "groups": [ { "id": "g", ${more}, "members": [ ${member} ] } ] }`;
  const user = '{ "identifier": "p0@x.com", "accessRight": "Viewer" }';
  const cases: readonly (readonly [what: string, text: string, at: string, message: RegExp])[] = [
    ['nothing', '', '', /not JSON/],
    ['another document', '[]', '[]', /object with these properties.*tenant, exact, groups/],
    ['no tenant', '{ "groups": [] }', '{', /“tenant” is missing/],
    ['no groups', '{ "tenant": "T" }', '{', /“groups” is missing/],
    ['a tenant that is no text', '{ "tenant": 1, "groups": [] }', '1', /A text is expected/],
    ['an endpoint', '{ "tenant": "T", "endpoint": "https://x", "groups": [] }', '"endpoint"', /no property “endpoint”/],
    ['a secret', frame(user, '"exact": true, "clientSecret": "x"'), '"clientSecret"', /no property “clientSecret”/],
    ['a property twice', frame(user, '"exact": true, "exact": false'), '"exact"', /“exact” is here twice/],
    ['exact as a text', frame(user, '"exact": "yes"'), '"yes"', /“true” or “false”/],
    ['no group', '{ "tenant": "T", "groups": [ { "members": [] } ] }', '{', /Which group/],
    ['no members', '{ "tenant": "T", "groups": [ { "id": "g", "exact": true } ] }', '{', /“members” is missing/],
    ['members that are no list', '{ "tenant": "T", "groups": [ { "id": "g", "members": {} } ] }', '{}', /A list/],
    ['a member that is no object', frame('"p0@x.com"'), '"p0@x.com"', /object with these properties/],
    ['a member without id', frame('{ "accessRight": "Viewer" }'), '{', /“identifier” is missing/],
    ['a blank id', frame('{ "identifier": " " }'), '" "', /A text is expected/],
    ['no comma', '{ "tenant": "T" "groups": [] }', '"groups"', /not JSON/],
    ['no end', '{ "tenant": "T", "groups": [', '', /not JSON/],
    ['an open text', '{ "tenant": "T, "groups": [] }', 'groups', /not JSON/],
  ];
  for (const [what, text, at, message] of cases) {
    it(`is marked: ${what}`, async () => {
      const { problems } = await parseFile(text, translate);
      const found = problems.map((one) => [
        text.slice(one.span.offset, one.span.offset + one.span.length),
        one.message,
      ]);
      assert.ok(
        found.some(([where, words = '']) => where === at && message.test(words)),
        JSON.stringify(found),
      );
    });
  }

  async function marks(members: string, state: GroupState, more?: string) {
    const text = frame(members, more);
    const { wishes, problems } = await compareGroup(await groupIn(text), state, translate);
    const told = problems.map(({ span, severity, message }) =>
      [severity, text.slice(span.offset, span.offset + span.length), message].join(' | '),
    );
    return { told, kinds: wishes.map(({ wish }) => wish.kind) };
  }

  const [ada] = people;
  assert.ok(ada);
  const now = stateOf([{ ...ada, accessRight: 'Viewer', details: { graphId: 'ADA-ID' } }]);

  it('is marked: the same member twice, and twice with different rights', async () => {
    const byId = (right: string) => `{ "identifier": "ada-id", "principalType": "user", "accessRight": "${right}" }`;
    const twice = await marks(`${user}, ${byId('Viewer')}`, now);
    assert.deepEqual(twice, { told: ['warning | "ada-id" | This member is listed twice.'], kinds: [] });
    const clash = await marks(`${user}, ${byId('Admin')}`, now);
    assert.deepEqual(clash.told, ['error | "ada-id" | This member is listed twice, with different access rights.']);
    const strangers = await marks(`${user}, ${user}`, stateOf([]));
    assert.deepEqual(strangers.kinds, ['addMember']);
    assert.equal(strangers.told.length, 1);
  });

  it('is marked: an id of another kind of member, for whom nobody is removed', async () => {
    const line = '{ "identifier": "ada-id", "principalType": "group", "accessRight": "Viewer" }';
    assert.deepEqual(await marks(line, now, '"exact": true'), {
      told: ['error | "group" | This is the id of another kind of member: User.'],
      kinds: [],
    });
  });

  it('is marked: a kind that is not said where it must be', async () => {
    const { told } = await marks('{ "identifier": "some-id" }', now);
    assert.deepEqual(told, ['error | "some-id" | “principalType” is missing: user, group, app or robot.']);
  });

  it('is marked: a group that is not known whole, which cannot be exact', async () => {
    const state = { ...now, isWhole: false, gap: 'No permission.' };
    const exact = await marks('', state, '"exact": true');
    assert.deepEqual(exact.kinds, []);
    assert.match(exact.told.join(), /^error \| true \| Not all members of “G” are known.*No permission\.$/);
    const added = await marks(user, state);
    assert.match(added.told.join(), /^warning \| "g" \| Not all members of “G” are known: No permission\.$/);
  });
});
