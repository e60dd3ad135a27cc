import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compareGroup, type GroupState } from '../../../../src/commands/accessFile/compareGroup.ts';
import { parseFile } from '../../../../src/commands/accessFile/parseFile.ts';
import type { Member } from '../../../../src/core/model.ts';
import { translate } from '../../../support/fakeCommandDeps.ts';
import { groupIn, people, stateOf, written } from './states.ts';

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
  const nowOf = () => stateOf([{ ...ada, accessRight: 'Viewer', details: { graphId: 'ADA-ID' } }]);

  it('is marked: the same member twice, and twice with different rights', async () => {
    const byId = (right: string) => `{ "identifier": "ada-id", "principalType": "user", "accessRight": "${right}" }`;
    const twice = await marks(`${user}, ${byId('Viewer')}`, await nowOf());
    assert.deepEqual(twice, { told: ['warning | "ada-id" | This member is listed twice.'], kinds: [] });
    const clash = await marks(`${user}, ${byId('Admin')}`, await nowOf());
    assert.deepEqual(clash.told, ['error | "ada-id" | This member is listed twice, with different access rights.']);
    const strangers = await marks(`${user}, ${user}`, await stateOf([]));
    assert.deepEqual(strangers.kinds, ['addMember']);
    assert.equal(strangers.told.length, 1);
  });

  it('is marked: an id of another kind of member, for whom nobody is removed', async () => {
    const line = '{ "identifier": "ada-id", "principalType": "group", "accessRight": "Viewer" }';
    assert.deepEqual(await marks(line, await nowOf(), '"exact": true'), {
      told: ['error | "group" | This is the id of another kind of member: User.'],
      kinds: [],
    });
  });

  it('is marked: an address that several have, of whom none is removed', async () => {
    const twin = (identifier: string, accessRight: string): Member => ({
      ...ada,
      id: identifier,
      identifier,
      accessRight,
    });
    const twins = await stateOf([twin('one', 'Viewer'), twin('other', 'Admin')]);
    const { told } = await marks(user, twins, '"exact": true');
    assert.match(told.join(), /^error \| "p0@x\.com" \| This fits several members of the group/);
    assert.deepEqual(
      written(twins).members.map(({ identifier }) => identifier),
      ['one', 'other'],
    );
  });

  it('is marked: a kind that is not said where it must be', async () => {
    const { told } = await marks('{ "identifier": "some-id" }', await nowOf());
    assert.deepEqual(told, ['error | "some-id" | “principalType” is missing: user, group, app or robot.']);
  });

  it('is marked: a group that is not known whole, which cannot be exact', async () => {
    const state = { ...(await nowOf()), isWhole: false, gap: 'No permission.' };
    const exact = await marks('', state, '"exact": true');
    assert.deepEqual(exact.kinds, []);
    assert.match(exact.told.join(), /^error \| true \| Not all members of “G” are known.*No permission\.$/);
    const added = await marks(user, state);
    assert.match(added.told.join(), /^warning \| "g" \| Not all members of “G” are known: No permission\.$/);
  });

  it('is what the schema in the editor says, too', async () => {
    const url = new URL('../../../../media/accessFile.schema.json', import.meta.url);
    const { properties, definitions } = JSON.parse(readFileSync(url, 'utf8'));
    const known = async (text: string) => {
      const { problems } = await parseFile(text, translate);
      return problems.map(({ message }) => /only: (.*)\.$/.exec(message)?.[1]).find((one) => one !== undefined);
    };
    assert.equal(await known('{ "x": 1 }'), Object.keys(properties).join(', '));
    assert.equal(await known('{ "groups": [ { "x": 1 } ] }'), Object.keys(definitions.group.properties).join(', '));
    assert.equal(await known(frame('{ "x": 1 }')), Object.keys(definitions.member.properties).join(', '));
  });
});
