import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { isAppError } from '../../../src/core/errors.ts';
import { isGuest } from '../../../src/core/model.ts';
import type { MemberRow } from '../../../src/core/provider/rows.ts';
import type { Snapshot, SnapshotMember } from '../../../src/core/snapshot.ts';
import { openSnapshot } from '../../../src/store/snapshot.ts';
import {
  afterTest,
  allRows,
  contosoGroups,
  contosoWith,
  group,
  groupsOf,
  member,
  membersOf,
  openReader,
  storePath,
} from './fixture.ts';

function snapshotOf(path: string): Snapshot {
  const snapshot = openSnapshot(path) ?? assert.fail('There is a store.');
  afterTest(() => snapshot.close());
  return snapshot;
}

function membersOfGroup(snapshot: Snapshot, groupId: string): SnapshotMember[] {
  return [...snapshot.grants('contoso', groupId)].flatMap(({ member: one }) => one ?? []);
}

const name = fc.constantFrom(
  'Ana',
  'ana@contoso.example',
  'x#EXT#@contoso.example',
  'guest',
  'Guest',
  'Admin',
  '1',
  '',
);
const details = fc.dictionary(
  fc.constantFrom('id', 'userType', 'userPrincipalName', 'accessRight', 'name', 'toString', '__proto__'),
  fc.oneof(name, fc.integer(), fc.constant(null), fc.constant({ id: 'x' })),
);
const row: fc.Arbitrary<Omit<MemberRow, 'id'>> = fc.record(
  { name, email: name, identifier: name, principalType: name, accessRight: name, source: name, details },
  { requiredKeys: ['name', 'identifier', 'principalType'] },
);

describe('a snapshot', () => {
  it('tells of every member what the reader tells', () => {
    const { path, load } = contosoWith('g');
    const reader = openReader(path);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        // Every other one has the id of the one before.
        const members = rows.map((fields, i) => ({ ...fields, id: `m${i >> 1}` }));
        load(membersOf('contoso', 'g'), { members });
        const snapshot = openSnapshot(path) ?? assert.fail();
        const told = new Map(membersOfGroup(snapshot, 'g').map((one) => [one.id, one]));
        snapshot.close();
        const known = reader.members('contoso', 'g', allRows);
        assert.equal(told.size, known.length);
        for (const each of known) {
          assert.deepEqual(told.get(each.id), {
            id: each.id,
            serviceId: typeof each.details.id === 'string' ? each.details.id : each.identifier,
            name: each.name,
            email: each.email,
            principalType: each.principalType,
            source: each.source,
            isGuest: isGuest(each),
            accessRight: each.accessRight,
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('goes through groups and members of any number, by name', () => {
    const { path, load } = contosoWith();
    const names = Array.from({ length: 1234 }, (_, i) => `Member ${i}`);
    load(groupsOf('contoso'), {
      groups: [
        group('b', { name: 'Group 10', members: names.toReversed().map((each) => member(each, { name: each })) }),
        group('a', { name: 'Group 2' }),
      ],
    });
    const snapshot = snapshotOf(path);
    assert.deepEqual(
      [...snapshot.groups('contoso')].map(({ id, members }) => [id, members.state, members.count]),
      [
        ['a', 'notLoaded', undefined],
        ['b', 'complete', 1234],
      ],
    );
    assert.deepEqual(
      membersOfGroup(snapshot, 'b').map(({ name }) => name),
      names,
    );
    assert.deepEqual(membersOfGroup(snapshot, 'a'), []);
    const all = [...snapshot.grants('contoso')].map(({ group: { id }, member: one }) => [id, one?.name]);
    assert.deepEqual(all, [['a', undefined], ...names.map((each) => ['b', each])]);
  });

  it('tells principals and memberships apart, as its grants tell them together', () => {
    const { path, load } = contosoWith('g', 'h');
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), fc.array(row, { maxLength: 5 }), (some, others) => {
        const members = (rows: typeof some) => ({
          members: rows.map((fields, i) => ({ ...fields, id: `m${i >> 1}` })),
        });
        load(membersOf('contoso', 'g'), members(some));
        load(membersOf('contoso', 'h'), members(others));
        const snapshot = openSnapshot(path) ?? assert.fail();
        const principals = new Map([...snapshot.principals('contoso')].map((one) => [one.key, one]));
        const joined = [...snapshot.memberships('contoso')].map(({ groupId, memberId, principal, accessRight }) => {
          const {
            name: called,
            email = '',
            principalType,
            isGuest: guest,
          } = principals.get(principal) ?? assert.fail();
          return [groupId, memberId, called, email, principalType, guest, accessRight];
        });
        const granted = [...snapshot.grants('contoso')].flatMap(({ group: { id }, member: one }) =>
          one ? [[id, one.id, one.name, one.email ?? '', one.principalType, one.isGuest, one.accessRight]] : [],
        );
        snapshot.close();
        assert.deepEqual(joined.toSorted(), granted.toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it("tells a group's own id, where one came twice, and one group alone", () => {
    const { path, load } = contosoWith();
    load(contosoGroups, { groups: [group('a'), group('a', { name: 'Another' })] });
    const ids = (...args: Parameters<Snapshot['groups']>) =>
      [...snapshotOf(path).groups(...args)].map(({ id, serviceId }) => [id, serviceId]);
    assert.deepEqual(ids('contoso'), [
      ['a~2', 'a'],
      ['a', 'a'],
    ]);
    assert.deepEqual(ids('contoso', 'a~2'), [['a~2', 'a']]);
    assert.deepEqual(ids('contoso', 'x'), []);
  });

  it('is told apart from a store that is not there or cannot be read', () => {
    const path = storePath();
    assert.throws(
      () => openSnapshot(path),
      (error) => isAppError(error, 'unavailable'),
    );
    mkdirSync(dirname(path));
    writeFileSync(path, '');
    assert.equal(openSnapshot(path), undefined);
    writeFileSync(path, 'no store '.repeat(1000));
    assert.throws(
      () => openSnapshot(path),
      (error) => isAppError(error, 'unavailable'),
    );
  });
});
