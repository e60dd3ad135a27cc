import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AppError } from '../../../../src/core/errors.ts';
import type { Group, StoredConnection } from '../../../../src/core/model.ts';
import type { DecodedPage, PageRequest } from '../../../../src/core/provider/provider.ts';
import type { GroupRow, MemberRow } from '../../../../src/core/provider/rows.ts';
import { decoders } from '../../../../src/providers/decoders.ts';
import { uipath } from '../../../../src/providers/uipath/index.ts';
import { bytesOf, fixture, group } from '../replies.ts';

const connection: StoredConnection = {
  provider: 'uipath',
  name: 'Acme',
  organization: 'acme',
  partitionGlobalId: 'magic-7',
  signIn: 'accessToken',
};
const decode = decoders.uipath ?? assert.fail();
const { groups, members, directory, afterError } = uipath.requests;
assert.ok(directory && afterError);

const groupsPage = (...rows: unknown[]): DecodedPage => decode(bytesOf(rows), groups(connection));
const groupOf = (row: unknown): GroupRow => groupsPage(row).groups?.[0] ?? assert.fail();
const opened = members(connection, group('g'));
const memberOf = (row: unknown): MemberRow =>
  decode(bytesOf({ id: 'g', members: [row] }), opened).members?.[0] ?? assert.fail();
const personOf = (row: unknown): MemberRow =>
  decode(bytesOf({ totalCount: 1, results: [row] }), directory(connection)).members?.[0] ?? assert.fail();

describe('UiPath users and robots in no group', () => {
  const { ungrouped } = uipath.requests;
  assert.ok(ungrouped);
  const first = ungrouped(connection);
  const page = (request: PageRequest, totalCount: number, ...results: unknown[]) =>
    decode(bytesOf({ totalCount, results }), request);
  const idsOf = (decoded: DecodedPage) => decoded.members?.map(({ id }) => id);

  it('are read from the pages of all users, then of all robot accounts', () => {
    assert.match(first.url, /\/api\/User\/users\/magic-7\?top=1000&skip=0$/);
    const one = page(
      first,
      3,
      { id: 'ann', groupIDs: ['g'] },
      { id: 'bob', displayName: 'Bob', type: 2, groupIDs: null },
    );
    assert.deepEqual([idsOf(one), one.malformed], [['bob'], 0]);
    assert.equal(one.members?.[0]?.principalType, 'user');
    assert.match(one.next?.url ?? '', /\/api\/User\/users\/magic-7\?top=1000&skip=2$/);
    const two = page(one.next ?? first, 3, { id: 'cem', groupIDs: [] });
    assert.deepEqual(idsOf(two), ['cem']);
    assert.match(two.next?.url ?? '', /\/api\/RobotAccount\/magic-7\?top=1000&skip=0$/);
    const robot = { id: 'r1', name: 'spare-1', displayName: 'Spare 1', groupIds: null };
    const three = page(two.next ?? first, 3, robot, { id: 'r2', groupIds: ['g'] });
    assert.deepEqual(three.members, [
      { id: 'r1', name: 'Spare 1', identifier: 'r1', principalType: 'robot', details: robot },
    ]);
    assert.match(three.next?.url ?? '', /\/api\/RobotAccount\/magic-7\?top=1000&skip=2$/);
    const four = page(three.next ?? first, 3, { id: 'r3', groupIDs: null, name: 'spare-3' });
    assert.deepEqual([idsOf(four), four.members?.[0]?.name, four.next], [['r3'], 'spare-3', undefined]);
  });

  it('are not those whose groups are not told', () => {
    const {
      members: rows,
      malformed,
      next,
    } = page(first, 4, { id: 'ann' }, { id: 'bob', groupIDs: 'g' }, 7, {
      groupIDs: null,
    });
    assert.deepEqual([rows, malformed], [[], 4]);
    assert.match(next?.url ?? '', /RobotAccount/);
  });

  it('are not all when fewer users come than are announced', () => {
    const { problem, next } = page({ ...first, state: { ...first.state, announced: 9 } }, 0);
    assert.equal(problem?.kind, 'badResponse');
    assert.match(next?.url ?? '', /RobotAccount/);
  });
});

describe('UiPath groups', () => {
  it('are read from the documented example', () => {
    const { groups: rows = [] } = decode(fixture('uipath/get-all-groups.json'), groups(connection));
    assert.deepEqual(
      rows.map(({ name, kind, members: own }) => [name, kind, own?.map((member) => member.name)]),
      [
        ['Everyone', 'builtIn', ['Everyone']],
        ['Administrators', 'builtIn', undefined],
        ['DaniC', 'custom', ['Hermione Granger', 'Harry Potter', 'Ron Weasley']],
        ['Automation Developers', 'builtIn', undefined],
      ],
    );
    const { details, ...hermione } = rows[2]?.members?.[0] ?? assert.fail();
    assert.deepEqual(hermione, {
      id: 'ce07aff0-79fc-4f4f-af38-299880191695',
      name: 'Hermione Granger',
      email: 'hermione@hogwarts.com',
      identifier: 'ce07aff0-79fc-4f4f-af38-299880191695',
      principalType: 'user',
      source: 'local',
    });
    assert.equal(details?.lastName, 'Granger');
  });

  it('are of the kind that their type says, in numbers or words', () => {
    const kind = (type?: unknown) => groupOf({ id: 'g', name: 'x', type }).kind;
    assert.deepEqual([0, 'builtIn', 1, 'custom'].map(kind), ['builtIn', 'builtIn', 'custom', 'custom']);
    assert.deepEqual([2, '0', null, undefined].map(kind), Array(4).fill('unknown'));
  });

  it('are called by their name, else display name, else id', () => {
    assert.equal(groupOf({ id: 'g', name: 'a', displayName: 'b' }).name, 'a');
    assert.equal(groupOf({ id: 'g', name: ' ', displayName: 'b' }).name, 'b');
    assert.equal(groupOf({ id: 'g', name: null, displayName: 7 }).name, 'g');
  });

  it('keep every field in their details, but not the members', () => {
    const sent = { id: 'g', name: 'x', type: 1, mappedRole: null, creationTime: '2021', somethingNew: [1] };
    assert.deepEqual(groupOf({ ...sent, members: [{ identifier: 'a' }] }).details, sent);
    assert.deepEqual(groupOf({ ...sent, members: null }).details, sent);
  });

  it('know their members only when the list has some, and remember a list that was empty', () => {
    for (const [row, isEmpty] of [
      [{ members: [] }, true],
      [{ members: null }, undefined],
      [{}, undefined],
      [{ members: 'x' }, undefined],
    ] as const) {
      const { members: own, details } = groupOf({ id: 'g', ...row });
      assert.deepEqual([own, details?.hasEmptyMembersInList], [undefined, isEmpty]);
    }
    const some = groupOf({ id: 'g', members: [null, { identifier: 'a' }] });
    assert.deepEqual([some.members?.length, some.malformedMembers], [1, 1]);
  });

  it('have one row when everyone is in them', () => {
    const everyone = { id: 'everyone', name: 'Everyone', identifier: 'everyone', principalType: 'everyone' };
    for (const own of [undefined, null, [], [{ identifier: 'a' }]]) {
      assert.deepEqual(groupOf({ id: 'g', name: 'Everyone', type: 0, members: own }).members, [everyone]);
    }
    assert.equal(groupOf({ id: 'g', name: 'Everyone', type: 1 }).members, undefined);
    const stored: Group = group('g', { name: 'Everyone', kind: 'builtIn' });
    const request = members(connection, stored);
    assert.deepEqual(decode(bytesOf([{ id: 'g', name: 'Everyone', type: 0 }]), request), {
      members: [everyone],
      malformed: 0,
    });
    assert.equal(decode(bytesOf([{ id: 'other' }]), request).problem?.kind, 'notFound');
  });
});

describe('UiPath members', () => {
  it('are of the type that their object type says', () => {
    const type = (objectType?: unknown) => memberOf({ identifier: 'a', objectType }).principalType;
    assert.deepEqual(['DirectoryUser', 'DirectoryGroup', 'DirectoryRobotUser', 'DirectoryApplication'].map(type), [
      'user',
      'group',
      'robot',
      'app',
    ]);
    assert.deepEqual(['DirectoryAgent', null, undefined].map(type), ['unknown', 'unknown', 'unknown']);
  });

  it('keep their source and every other field', () => {
    const sent = {
      objectType: 'DirectoryUser',
      identifier: 'a',
      source: 'aad',
      jobTitle: null,
      extensionUserAttributes: { x: '1' },
    };
    const { source, details } = memberOf(sent);
    assert.deepEqual([source, details], ['aad', sent]);
  });

  it('are identified and called by what there is', () => {
    const row = (member: object) => [memberOf(member).id, memberOf(member).name];
    assert.deepEqual(row({ identifier: 'i', name: 'n', email: 'e', displayName: 'd' }), ['i', 'd']);
    assert.deepEqual(row({ identifier: 'i', name: 'n', email: 'e', displayName: '' }), ['i', 'e']);
    assert.deepEqual(row({ identifier: 'i', name: 'n' }), ['i', 'n']);
    assert.deepEqual(row({ identifier: '', name: 'n', email: 'e' }), ['e', 'e']);
    assert.deepEqual(row({ identifier: null, name: 'n' }), ['n', 'n']);
  });

  it('come from the group, else by id', () => {
    const whole = decode(bytesOf({ id: 'g', members: [{ identifier: 'a' }, 7] }), opened);
    assert.deepEqual([whole.members?.length, whole.malformed, whole.next], [1, 1, undefined]);
    for (const [own, end] of [
      [[], { end: 'complete' }],
      [null, undefined],
      [undefined, undefined],
    ] as const) {
      const { next = assert.fail(), members: none } = decode(bytesOf({ id: 'g', members: own }), opened);
      assert.ok(next.url.endsWith('/Group/magic-7/g/Members?top=1000&skip=0'));
      assert.equal(none, undefined);
      assert.deepEqual(afterError(next, new AppError('notFound', 'x', { status: 404 })), end);
    }
  });

  it('by id are references, of the type that their code says', () => {
    const { next = assert.fail() } = decode(bytesOf({ id: 'g', members: [] }), opened);
    const types = [0, 1, 2, 3, 4, 5, 'user', 'directoryGroup', 'robotAccount', 9, null];
    const results = types.map((type, index) => ({ id: `id${index}`, type }));
    const { members: rows = [] } = decode(bytesOf({ totalCount: 11, results }), next);
    assert.deepEqual(
      rows.map(({ principalType }) => principalType),
      ['user', 'robot', 'user', 'group', 'robot', 'app', 'user', 'group', 'robot', 'unknown', 'unknown'],
    );
    assert.deepEqual(rows[3], {
      id: 'id3',
      name: 'id3',
      identifier: 'id3',
      principalType: 'group',
      details: { id: 'id3', type: 3 },
      isReference: true,
    });
  });
});

describe('UiPath users', () => {
  it('say who an id is', () => {
    const sent = {
      id: 'i',
      displayName: 'Ron Weasley',
      userName: 'ron',
      email: 'ron@hogwarts.com',
      type: 0,
      groupIDs: null,
    };
    assert.deepEqual(personOf(sent), {
      id: 'i',
      name: 'Ron Weasley',
      email: 'ron@hogwarts.com',
      identifier: 'i',
      principalType: 'user',
      details: sent,
    });
    assert.equal(personOf({ id: 'i', name: 'Ron', surname: 'Weasley', userName: 'ron' }).name, 'Ron Weasley');
    assert.equal(personOf({ id: 'i', name: 'Ron', surname: null, displayName: ' ' }).name, 'Ron');
    assert.equal(personOf({ id: 'i', userName: 'ron', email: 'e' }).name, 'ron');
    assert.equal(personOf({ id: 'i', email: 'e' }).name, 'e');
    assert.equal(personOf({ id: 'i' }).name, 'i');
  });
});

describe('UiPath pages', () => {
  function readAll(first: PageRequest, rows: readonly unknown[], cap: number, totalCount: unknown) {
    const ids: string[] = [];
    for (let request: PageRequest = first; ; ) {
      const query = new URL(request.url).searchParams;
      const skip = Number(query.get('skip'));
      const results = rows.slice(skip, skip + Math.min(Number(query.get('top')), cap));
      const page = decode(bytesOf({ totalCount, results }), request);
      ids.push(...(page.members ?? []).map(({ id }) => id));
      if (!page.next) return { ids, problem: page.problem, last: request };
      request = page.next;
    }
  }

  it('lose and repeat nothing, whatever the service caps', () => {
    const { next = assert.fail() } = decode(bytesOf({ id: 'g', members: [] }), opened);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1500 }),
        fc.integer({ min: 0, max: 2500 }),
        fc.boolean(),
        (cap, total, isSaid) => {
          const rows = Array.from({ length: total }, (_, index) => ({ id: `id${index}`, type: 0 }));
          for (const first of [next, directory(connection)]) {
            const read = readAll(first, rows, Math.max(cap, Math.ceil(total / 50)), isSaid ? total : undefined);
            assert.deepEqual([read.ids, read.problem], [rows.map(({ id }) => id), undefined]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('tell when fewer rows come than are announced', () => {
    const { problem } = readAll(directory(connection), [{ id: 'a' }, { id: 'b' }], 1, 3);
    assert.deepEqual(problem, { kind: 'badResponse', reason: 'The service announced 3 rows but sent 2.' });
  });

  it('after the first are no sign of a route that does not exist', () => {
    const { next = assert.fail() } = decode(bytesOf({ id: 'g', members: [] }), opened);
    const { last } = readAll(next, [{ id: 'a' }, { id: 'b' }], 1, 2);
    assert.ok(last.url.endsWith('skip=1'));
    assert.equal(afterError(last, new AppError('notFound', 'x', { status: 404 })), undefined);
  });
});
