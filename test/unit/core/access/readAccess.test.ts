import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readAccess } from '../../../../src/core/access/readAccess.ts';
import { createDoubts, readShown } from '../../../../src/core/access/readShown.ts';
import type { AccessResult, Way } from '../../../../src/core/access/result.ts';
import { groupSubject, type Subject, subjectOf } from '../../../../src/core/access/subject.ts';
import { adminRights } from '../../../../src/core/access/ways.ts';
import type { MemberRow } from '../../../../src/core/provider/rows.ts';
import type { StoreReader } from '../../../../src/core/store.ts';
import { contoso, member } from '../../store/fixture.ts';
import { guid, nested, readerOf } from '../../store/world.ts';

const never = new AbortController().signal;
const person = (id: string, more: Partial<MemberRow> = {}) => member(id, { name: id, ...more });
const wayText = ({ right = '-', path }: Way) => `${right} via ${path.join(' > ')}`;

async function who(reader: StoreReader, tenantId: string, groupId: string, memberId: string): Promise<Subject> {
  const subject = await subjectOf(reader, [{ tenantId, groupId, memberId }], never);
  assert.ok(subject);
  return subject;
}

const reachedText = ({ tenants }: AccessResult) =>
  tenants.flatMap(({ groups }) =>
    groups.flatMap(({ tenantId, groupId, ways }) => ways.map((way) => `${tenantId}/${groupId} ${wayText(way)}`)),
  );
const withinText = ({ within }: AccessResult) =>
  within?.members.flatMap(({ name, ways }) => ways.map((way) => `${name} ${wayText(way)}`)) ?? [];

async function inside(reader: StoreReader, tenantId: string, groupId: string): Promise<AccessResult> {
  const subject = groupSubject(reader, { tenantId, groupId });
  assert.ok(subject);
  return readAccess(reader, subject, never);
}

describe('the access of somebody', () => {
  it('is that of all who are the same, by object id or e-mail, and says by which', async () => {
    const reader = readerOf({
      tenants: {
        a: { one: [person('zoe', { email: 'Zoe@x.example', accessRight: 'Admin' })] },
        b: { two: [person('z', { name: 'Z. Oe', email: 'zoe@X.example', details: { graphId: guid(7) } })] },
        c: {
          three: [person(guid(7), { name: 'Z3' })],
          four: [person('app', { principalType: 'app', email: 'zoe@x.example' })],
        },
      },
    });
    const byMail = await readAccess(reader, await who(reader, 'a', 'one', 'zoe'), never);
    assert.deepEqual(reachedText(byMail), ['a/one Admin via ', 'b/two - via ', 'c/three - via ']);
    assert.equal(byMail.joinedBy, 'both');
    const byId = await readAccess(reader, await who(reader, 'c', 'three', guid(7)), never);
    assert.deepEqual(reachedText(byId), reachedText(byMail));
    const app = await readAccess(reader, await who(reader, 'c', 'four', 'app'), never);
    assert.deepEqual([reachedText(app), app.joinedBy], [['c/four - via '], undefined]);
  });

  it('tells several ways into one group, the direct one first, and what is not known of each tenant', async () => {
    const [inner, outer] = [guid(1), guid(2)];
    const reader = readerOf({
      tenants: {
        ws: {
          w: [nested(outer, { accessRight: 'Viewer' }), nested(guid(9)), person('zoe', { accessRight: 'Admin' })],
        },
        dir: { [inner]: [person('zoe2', { email: 'zoe@x.example' })], [outer]: [nested(inner)] },
      },
    });
    const { tenants, unknownGroups } = await readAccess(reader, await who(reader, 'ws', 'w', 'zoe'), never);
    assert.deepEqual([tenants[0]?.known.unread, tenants[0]?.known.isComplete, unknownGroups], [0, true, 1]);
    const all = await readAccess(
      reader,
      { name: 'Zoe', principalType: 'user', marks: [{ email: 'zoe@x.example' }, { tenantId: 'ws', id: 'zoe' }] },
      never,
    );
    assert.deepEqual(reachedText(all).slice(0, 2), ['ws/w Admin via ', `ws/w Viewer via N${inner} > N${outer}`]);
  });

  it('is nothing for somebody who is gone', async () => {
    const reader = readerOf({ tenants: { a: { g: [] } } });
    assert.equal(await subjectOf(reader, [{ tenantId: 'a', groupId: 'g', memberId: 'x' }], never), undefined);
    assert.equal(groupSubject(reader, { tenantId: 'a', groupId: 'x' }), undefined);
  });

  it('counts what they administer by what each provider says of its rights', async () => {
    const reader = readerOf({
      tenants: {
        a: { one: [person('zoe', { accessRight: 'Steward' })], two: [person('zoe', { accessRight: 'Admin' })] },
      },
    });
    const isAdmin = adminRights((id) =>
      id === contoso.provider ? { rights: { admin: ['Steward'], edit: ['Admin'], other: [] } } : undefined,
    );
    const { tenants } = await readAccess(reader, await who(reader, 'a', 'one', 'zoe'), never, isAdmin);
    assert.equal(tenants[0]?.adminGroups, 1);
    assert.deepEqual([isAdmin('other', 'Steward'), isAdmin('other', 'Owner')], [false, true]);
  });

  it('can be cancelled', async () => {
    const reader = readerOf({ tenants: { a: { g: [person('zoe')] } } });
    const subject = await who(reader, 'a', 'g', 'zoe');
    await assert.rejects(readAccess(reader, subject, AbortSignal.abort()), { kind: 'cancelled' });
  });
});

describe('who has access to a group', () => {
  const [finance, all, nobody] = [guid(1), guid(2), guid(3)];

  it('is everyone in it and in groups in it, each with all ways; a gap is told', async () => {
    const reader = readerOf({
      tenants: {
        ws: {
          w: [
            person('zoe', { email: 'zoe@x.example', accessRight: 'Admin' }),
            nested(all, { accessRight: 'Viewer' }),
            nested(finance, { accessRight: 'Member' }),
            nested(nobody, { name: 'Nobody knows' }),
            person('out', { accessRight: 'None' }),
          ],
        },
        dir: {
          [finance]: [person('z2', { name: 'Zoe', email: 'ZOE@x.example' }), nested(all), person('ben')],
          [all]: [nested(finance)],
        },
      },
    });
    const result = await inside(reader, 'ws', 'w');
    assert.deepEqual(withinText(result), [
      `ben Member via N${finance}`,
      `ben Viewer via N${finance} > N${all}`,
      'zoe Admin via ',
      `zoe Member via N${finance}`,
      `zoe Viewer via N${finance} > N${all}`,
    ]);
    assert.deepEqual(result.within?.gaps, [{ id: nobody, name: 'Nobody knows', path: [] }]);
  });

  it('tells groups of one name apart, on the way and where nothing is known of them', async () => {
    const same = { name: 'Same name' };
    const reader = readerOf({
      tenants: {
        ws: {
          w: [nested(finance, { ...same, accessRight: 'Viewer' }), nested(all, { ...same, accessRight: 'Viewer' })],
        },
        dir: {
          [finance]: [person('zoe'), nested(guid(8), same)],
          [all]: [person('zoe'), nested(guid(9), same)],
        },
      },
      names: { [finance]: 'Same name', [all]: 'Same name' },
    });
    const { within } = await inside(reader, 'ws', 'w');
    assert.deepEqual(
      within?.members.map(({ ways }) => ways.map(({ passed }) => passed)),
      [[[finance], [all]]],
    );
    assert.deepEqual(
      within?.gaps.map(({ id }) => id),
      [guid(8), guid(9)],
    );
    const { tenants } = await readAccess(reader, await who(reader, 'dir', finance, 'zoe'), never);
    const reached = tenants.flatMap(({ groups }) => groups).find(({ groupId }) => groupId === 'w');
    assert.deepEqual(reached?.ways.map(({ passed }) => passed).sort(), [[finance], [all]].sort());
  });

  it('is not known of a group that is gone: that is not nobody', async () => {
    const reader = readerOf({ tenants: { ws: { w: [person('zoe')] } } });
    const subject = groupSubject(reader, { tenantId: 'ws', groupId: 'w' }) ?? assert.fail();
    const gone = { tenantId: 'ws', groupId: 'gone' };
    const shown = await readShown(reader, [subject, { ...subject, group: gone }], never);
    assert.deepEqual([shown.results[1]?.within, shown.members], [undefined, undefined]);
    const [, result] = shown.results;
    assert.ok(result && (await createDoubts(reader)(gone, result)));
  });

  it('is told as cut where somebody has more guises than are looked at', async () => {
    const guises = Array.from({ length: 1001 }, (_, i) => person(`z${i}`, { email: 'zoe@x.example' }));
    const reader = readerOf({ tenants: { ws: { w: guises } } });
    const subject = { name: 'Zoe', principalType: 'user', marks: [{ email: 'zoe@x.example' }] };
    assert.equal((await readAccess(reader, subject, never)).isCut, true);
  }).timeout(20_000);

  it('is the reverse of what everybody reaches, whatever is in whatever', async () => {
    const count = 6;
    const ids = Array.from({ length: count }, (_, index) => guid(index));
    const people = ['ana', 'ben', 'cem'];
    const edges = fc.array(
      fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.constantFrom('Admin', 'None', undefined)),
      { maxLength: 14 },
    );
    const seats = fc.array(fc.tuple(fc.nat(people.length - 1), fc.nat(count - 1)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(edges, seats, fc.nat(count), async (into, seated, split) => {
        const tenantOf = (index: number) => (index < split ? 'one' : 'two');
        const groups: Record<string, Record<string, MemberRow[]>> = { one: {}, two: {} };
        const rowsOf = (index: number): MemberRow[] => {
          const tenant = groups[tenantOf(index)] ?? {};
          const rows = tenant[ids[index] ?? ''] ?? [];
          tenant[ids[index] ?? ''] = rows;
          return rows;
        };
        for (let index = 0; index < count; index++) rowsOf(index);
        const add = (rows: MemberRow[], row: MemberRow) => {
          if (!rows.some(({ id }) => id === row.id)) rows.push(row);
        };
        for (const [inner, outer, right] of into)
          add(rowsOf(outer), nested(ids[inner] ?? '', right ? { accessRight: right } : {}));
        for (const [name, at] of seated) {
          const id = people[name] ?? '';
          add(rowsOf(at), person(id, { email: `${id}@x.example` }));
        }
        const reader = readerOf({ tenants: groups });

        // All simple ways, walked over the plain rows.
        const expected: string[] = [];
        const walk = (name: string, at: number, path: readonly number[], right: string): void => {
          expected.push(
            `${tenantOf(at)}/${ids[at]} ${name} ${right} via ${path.map((one) => `N${ids[one]}`).join(' > ')}`,
          );
          for (let outer = 0; outer < count; outer++) {
            const edge = rowsOf(outer).find(({ id, principalType }) => principalType === 'group' && id === ids[at]);
            if (!edge || edge.accessRight === 'None' || outer === at || path.includes(outer)) continue;
            walk(name, outer, [...path, at], edge.accessRight ?? '-');
          }
        };
        for (let at = 0; at < count; at++)
          for (const { id, principalType } of rowsOf(at)) if (principalType === 'user') walk(id, at, [], '-');

        const reverse: string[] = [];
        for (let at = 0; at < count; at++) {
          const place = `${tenantOf(at)}/${ids[at]}`;
          const result = await inside(reader, tenantOf(at), ids[at] ?? '');
          reverse.push(...withinText(result).map((text) => `${place} ${text}`));
        }
        assert.deepEqual(reverse.sort(), expected.toSorted());

        const forward: string[] = [];
        for (const name of people) {
          const subject = await subjectOf(reader, [{ email: `${name}@x.example` }], never);
          if (!subject) continue;
          const told = reachedText(await readAccess(reader, subject, never));
          forward.push(...told.map((text) => text.replace(' ', ` ${name} `)));
        }
        assert.deepEqual(forward.sort(), expected.toSorted());
      }),
      { numRuns: 60 },
    );
  }).timeout(60_000);
});
