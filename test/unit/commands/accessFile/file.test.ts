import assert from 'node:assert/strict';
import fc from 'fast-check';
import { accessText } from '../../../../src/commands/accessFile/accessText.ts';
import { compareGroup } from '../../../../src/commands/accessFile/compareGroup.ts';
import { parseFile } from '../../../../src/commands/accessFile/parseFile.ts';
import type { Wish } from '../../../../src/core/changes/changes.ts';
import { planMembers } from '../../../../src/core/changes/planWorld.ts';
import type { Member } from '../../../../src/core/model.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { groupIn, people, rights, stateOf, written } from './states.ts';

/** What a service would have after these wishes. */
async function carriedOut(members: readonly Member[], wishes: readonly Wish[]): Promise<readonly Member[]> {
  let all = members;
  for (const { kind, principal, accessRight } of wishes) {
    assert.ok(principal);
    const { identifier, principalType, name, email } = principal;
    const found = (await planMembers(all)).find(principal);
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

const somePeople = fc
  .tuple(...people.map(() => fc.option(fc.constantFrom(...rights), { nil: undefined })))
  .map((given) =>
    people.flatMap((one, index) => (given[index] === undefined ? [] : [{ ...one, accessRight: given[index] }])),
  );

describe('an access file', () => {
  it('written from what is asks for nothing, whoever is in the group', async () => {
    await fc.assert(
      fc.asyncProperty(groupArb, async (all) => {
        const state = await stateOf(all);
        const lines = written(state);
        const isFaithful = lines.members.length === all.length;
        const text = await accessText('T', [{ ...lines, isExact: isFaithful }]);
        const { wishes, problems, before, after } = await compareGroup(await groupIn(text), state, translate);
        assert.deepEqual([wishes, problems], [[], []]);
        assert.equal(await accessText('T', [before]), await accessText('T', [after]));
        if (isFaithful) assert.equal(await accessText('T', [before]), text);
      }),
      { numRuns: 500 },
    );
  });

  it('that is exact brings any group to what it was written from', async () => {
    await fc.assert(
      fc.asyncProperty(somePeople, somePeople, async (wanted, now) => {
        const text = await accessText('T', [written(await stateOf(wanted))]);
        const { wishes, after } = await compareGroup(await groupIn(text), await stateOf(now), translate);
        const then = await carriedOut(
          now,
          wishes.map(({ wish }) => wish),
        );
        assert.equal(await accessText('T', [written(await stateOf(then))]), text);
        assert.equal(await accessText('T', [after]), text);
      }),
    );
  });

  it('that is not exact takes nobody’s access away, and brings all that it lists', async () => {
    await fc.assert(
      fc.asyncProperty(somePeople, somePeople, async (wanted, now) => {
        const text = await accessText('T', [written(await stateOf(wanted), false)]);
        const { wishes } = await compareGroup(await groupIn(text), await stateOf(now), translate);
        const then = await carriedOut(
          now,
          wishes.map(({ wish }) => wish),
        );
        const has = new Map(then.map(({ id, accessRight }) => [id, accessRight]));
        const expected = new Map([...now, ...wanted].map(({ id, accessRight }) => [id, accessRight]));
        assert.deepEqual(has, expected);
      }),
    );
  });

  it('is the same whatever order the service has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...people], { minLength: people.length }), async (all) => {
        assert.equal(
          await accessText('T', [written(await stateOf(all))]),
          await accessText('T', [written(await stateOf(people))]),
        );
      }),
    );
  });

  it('is JSON as it is usually laid out, whatever is in it', async () => {
    const lines = fc.array(groupArb, { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.string(), textArb, lines, async (tenant, name, groups) => {
        const all = await Promise.all(groups.map(async (one) => ({ ...written(await stateOf(one)), name })));
        const text = await accessText(tenant, all);
        const value: unknown = JSON.parse(text);
        assert.equal(text, `${JSON.stringify(value, undefined, 2)}\n`);
        const read = value as { readonly tenant: string; readonly groups: readonly { readonly members: unknown[] }[] };
        assert.equal(read.tenant, tenant);
        const sizes = (some: readonly { readonly members: readonly unknown[] }[]) =>
          some.map(({ members }) => members.length).sort();
        assert.deepEqual(sizes(read.groups), sizes(all));
      }),
    );
  });

  it('is friendly to version control', async () => {
    const [one, , , , other] = people;
    assert.ok(one && other);
    const state = await stateOf([{ ...other, accessRight: 'Viewer' }, one]);
    assert.equal(
      await accessText('Contoso', [written(state)]),
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
    const good = await accessText('T', [written(await stateOf(people))]);
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
