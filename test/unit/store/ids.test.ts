import assert from 'node:assert/strict';
import fc from 'fast-check';
import { assignIds, type IdentifiedRow, noClaims } from '../../../src/store/ids.ts';
import { allRows, contosoWith, member, membersOf, openReader } from './fixture.ts';

/** Ids that services might send, among them such as we make. */
const serviceId = fc.oneof(fc.constantFrom('a', 'a~2', 'a~2~2', 'a~3', 'b', 'A', '~2', 'a\0', 'a\ud800'), fc.string());

const page = fc.array(fc.record({ original: serviceId, content: fc.nat(3) }), { maxLength: 12 });

function assign(pages: readonly (readonly IdentifiedRow[])[]): string[][] {
  const claims = noClaims();
  return pages.map((rows) => {
    const { ids, commit } = assignIds(rows, claims);
    commit();
    return [...ids];
  });
}

describe('unique ids', () => {
  const rows = (...ids: string[]): IdentifiedRow[] => ids.map((original, content) => ({ original, content }));

  it("are the service's own, numbered where a page repeats them", () => {
    assert.deepEqual(assign([rows('a', 'b', 'a', 'a')]), [['a', 'b', 'a~2', 'a~3']]);
  });

  it('leave an id that looks like one of ours to the row that has it', () => {
    assert.deepEqual(assign([rows('a', 'a', 'a~2')]), [['a', 'a~3', 'a~2']]);
    assert.deepEqual(assign([rows('a', 'a'), rows('a~2')]), [['a', 'a~2'], ['a~2~2']]);
  });

  it('know an equal row on a later page, and give a changed one its place', () => {
    const [one, two, changed] = [
      { original: 'a', content: 1 },
      { original: 'a', content: 2 },
      { original: 'a', content: 3 },
    ];
    assert.deepEqual(assign([[one, two], [two]]), [['a', 'a~2'], ['a~2']]);
    assert.deepEqual(assign([[one], [two, one]]), [['a'], ['a~2', 'a']]);
    assert.deepEqual(assign([[one, two], [changed]]), [['a', 'a~2'], ['a']]);
  });

  it('never meet in a page', () => {
    fc.assert(
      fc.property(fc.array(page, { maxLength: 6 }), (pages) => {
        for (const ids of assign(pages)) assert.equal(new Set(ids).size, ids.length);
      }),
    );
  });

  it('never meet in a load whose pages repeat no id, and lose no row', () => {
    fc.assert(
      fc.property(fc.array(serviceId, { maxLength: 30 }), fc.nat(), (sent, seed) => {
        // All rows with one id on one page, as pages without repeated rows have them.
        const pages: IdentifiedRow[][] = [[], [], [], []];
        sent.forEach((original, content) => {
          pages[(original.length + seed) % pages.length]?.push({ original, content });
        });
        const ids = assign(pages).flat();
        assert.equal(new Set(ids).size, sent.length);
      }),
    );
  });

  it('belong to one original each, whatever the pages repeat', () => {
    fc.assert(
      fc.property(fc.array(page, { maxLength: 6 }), (pages) => {
        const owners = new Map<string, string>();
        assign(pages).forEach((ids, number) => {
          ids.forEach((id, index) => {
            const original = pages[number]?.[index]?.original ?? '';
            assert.equal(owners.get(id) ?? original, original);
            owners.set(id, original);
          });
        });
      }),
    );
  });

  it('hold in the store too, for any ids and pages, over two loads', () => {
    fc.assert(
      fc.property(
        fc.array(page, { maxLength: 4 }),
        fc.array(page, { maxLength: 4 }),
        fc.boolean(),
        (first, second, ends) => {
          const { writer, page: send, path } = contosoWith('g');
          const listing = membersOf('contoso', 'g');
          const ids = (): string[] =>
            openReader(path)
              .membersAsSent('contoso', 'g', allRows)
              .map(({ id }) => id);
          for (const [pages, endsWell] of [
            [first, ends],
            [second, true],
          ] as const) {
            const load = writer.begin(listing);
            let outcome = { received: 0 };
            for (const rows of pages) {
              outcome = send(load, {
                members: rows.map(({ original, content }) => member(original, { name: `Name ${content}` })),
              });
            }
            const error = { kind: 'offline', message: 'No network.' } as const;
            const { count = 0, state } = writer.end(load, endsWell ? {} : { error });
            const held = ids();
            assert.equal(new Set(held).size, held.length);
            assert.equal(held.length, count);
            if (state === 'complete') assert.equal(held.length, outcome.received);
            for (const rows of pages) {
              const distinct = new Set(rows.map(({ original }) => original));
              assert.ok(held.length >= distinct.size);
            }
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
