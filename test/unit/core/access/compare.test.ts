import assert from 'node:assert/strict';
import { compareMembers, compareReached } from '../../../../src/core/access/compare.ts';
import { readAccess } from '../../../../src/core/access/readAccess.ts';
import type { AccessResult, EffectiveMember } from '../../../../src/core/access/result.ts';
import { groupSubject, type Subject, subjectOf } from '../../../../src/core/access/subject.ts';
import type { MemberRow } from '../../../../src/core/provider/rows.ts';
import type { StoreReader } from '../../../../src/core/store.ts';
import { createTurns } from '../../../../src/core/turns/turns.ts';
import { member } from '../../store/fixture.ts';
import { guid, readerOf } from '../../store/world.ts';

const never = new AbortController().signal;
const person = (id: string, more: Partial<MemberRow> = {}) => member(id, { name: id, ...more });

async function who(reader: StoreReader, tenantId: string, groupId: string, memberId: string): Promise<Subject> {
  const subject = await subjectOf(reader, [{ tenantId, groupId, memberId }], never);
  assert.ok(subject);
  return subject;
}

async function inside(reader: StoreReader, tenantId: string, groupId: string): Promise<AccessResult> {
  const subject = groupSubject(reader, { tenantId, groupId });
  assert.ok(subject);
  return readAccess(reader, subject, never);
}

describe('a comparison', () => {
  it('tells what only one has, what both have with other rights, and what is alike', async () => {
    const [ana, ben] = [person('ana', { accessRight: 'Admin' }), person('ben', { accessRight: 'Viewer' })];
    const reader = readerOf({
      tenants: { t: { both: [ana, ben], a: [ana], b: [ben], same: [ana, { ...ben, accessRight: 'Admin' }] } },
    });
    const results = await Promise.all(
      [who(reader, 't', 'a', 'ana'), who(reader, 't', 'b', 'ben')].map(async (subject) =>
        readAccess(reader, await subject, never),
      ),
    );
    const [one, other] = results;
    assert.ok(one && other);
    const compared = await compareReached(one, other, createTurns());
    const ids = Object.values(compared).map((items) =>
      items.map(
        (item: { one?: { groupId: string }; other?: { groupId: string } }) => (item.one ?? item.other)?.groupId,
      ),
    );
    assert.deepEqual(ids, [['a'], ['b'], ['both'], ['same']]);
  });

  it('knows the same people in two groups of two tenants', async () => {
    const reader = readerOf({
      tenants: {
        a: { g: [person('ana', { email: 'ana@x.example' }), person('ben')] },
        b: { h: [person('a', { name: 'Ana', email: 'ANA@x.example' }), person('cem')] },
      },
    });
    const [one, other] = [await inside(reader, 'a', 'g'), await inside(reader, 'b', 'h')];
    const compared = await compareMembers(one.within?.members ?? [], other.within?.members ?? [], createTurns());
    assert.deepEqual(
      [compared.onlyOne[0]?.one?.name, compared.onlyOther[0]?.other?.name, compared.alike[0]?.other?.name],
      ['ben', 'cem', 'Ana'],
    );
  });

  it('makes one of two rows of one side that the other side tells to be the same', async () => {
    const [byId, byMail] = [{ objectId: guid(1) }, { email: 'ana@x.example' }];
    const row = (key: string, right: string, marks: object): EffectiveMember => ({
      ...{ key, name: key, principalType: 'user', isGuest: false, tenantId: 't', groupId: 'g', memberId: key },
      ways: [{ principal: 1, right, path: [], passed: [] }],
      ...marks,
    });
    const two = [row('a', 'Admin', byId), row('b', 'Viewer', byMail)];
    const one = [row('c', 'Admin', { ...byId, ...byMail })];
    const counts = async (first: EffectiveMember[], second: EffectiveMember[]) =>
      Object.values(await compareMembers(first, second, createTurns())).map((items) => items.length);
    assert.deepEqual(await counts(two, one), [0, 0, 1, 0]);
    assert.deepEqual(await counts(one, two), [0, 0, 1, 0]);
    const { differing } = await compareMembers(two, one, createTurns());
    assert.deepEqual(differing[0]?.one?.ways.map(({ right }) => right).sort(), ['Admin', 'Viewer']);
  });
});
