import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StoreReader } from '../../../src/core/store.ts';
import { contosoGroups, contosoWith, group, member, membersOf, openReader } from './fixture.ts';

type Read = (reader: StoreReader, page: { readonly offset: number; readonly limit: number }) => readonly object[];

const reads: Readonly<Record<string, Read>> = {
  members: (reader, page) => reader.members('contoso', 'g', page),
  'members as sent': (reader, page) => reader.membersAsSent('contoso', 'g', page),
  groups: (reader, page) => reader.groups('contoso', page),
  'filtered groups': (reader, page) => reader.groups('contoso', { ...page, filter: 'a' }),
  'groups as sent': (reader, page) => reader.groupsAsSent('contoso', page),
};

/** Names of which many are equal, and many begin alike for longer than what an index holds of them. */
const nameOf = (n: number): string =>
  ['Ada', `ada ${n % 3}`, `A very long name, the same for very many ${n % 7}`, `Zoë ${n}`][n % 4] ?? '';

describe('pages', () => {
  for (const [name, read] of Object.entries(reads)) {
    it(`of ${name} are the same by whichever way they are reached, also when rows change in between`, () => {
      const { load, writer, page, path } = contosoWith();
      let round = 0;
      const members = () => ({ members: Array.from({ length: 60 }, (_, i) => changed(i)) });
      const changed = (i: number) => member(`m${i}`, { name: nameOf(i * 7 + round), accessRight: `R${i % 3}` });
      const groups = () =>
        Array.from({ length: 60 }, (_, i) => group(i === 0 ? 'g' : `g${i}`, { name: nameOf(i * 5 + round) }));
      load(contosoGroups, { groups: groups() });
      load(membersOf('contoso', 'g'), members());
      const continuing = openReader(path);
      const step = fc.oneof(
        { weight: 8, arbitrary: fc.record({ offset: fc.nat(70), limit: fc.integer({ min: 0, max: 15 }) }) },
        { weight: 1, arbitrary: fc.constantFrom('load' as const, 'page' as const, 'pin' as const) },
      );
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 15 }), fc.nat(12), (steps, size) => {
          const offsets = Array.from({ length: 5 }, (_, i) => ({ offset: i * size, limit: size }));
          for (const next of [...steps, ...offsets]) {
            if (typeof next === 'object') {
              const fresh = openReader(path);
              assert.deepEqual(read(continuing, next), read(fresh, next));
              fresh.close();
              continue;
            }
            round++;
            if (next === 'pin') writer.setPinned('contoso', `g${1 + (round % 29)}`, round % 3 > 0);
            if (next === 'load') load(contosoGroups, { groups: groups().slice(0, 30 + (round % 30)) });
            // Rows of two loads, as while a refresh runs.
            const id = writer.begin(membersOf('contoso', 'g'));
            page(id, { members: members().members.slice(0, 20) });
            writer.end(id, { error: { kind: 'offline', message: 'No network.' } });
          }
        }),
        { numRuns: 60 },
      );
    }).timeout(30_000);
  }

  it('deep in a listing cost little more than the first, one after the other', function () {
    this.timeout(60_000);
    const { load, path } = contosoWith('g');
    const count = 30_000;
    const rows = Array.from({ length: count }, (_, i) => member(`m${i}`, { name: `Person Number ${i}` }));
    load(membersOf('contoso', 'g'), { members: rows });
    const reader = openReader(path);
    const limit = 100;
    const costs: number[] = [];
    for (let offset = 0; offset < count; offset += limit) {
      const started = process.cpuUsage().user;
      assert.equal(reader.members('contoso', 'g', { offset, limit }).length, limit);
      costs.push(process.cpuUsage().user - started);
    }
    const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
    const [first, last] = [median(costs.slice(0, 100)), median(costs.slice(-100))];
    assert.ok(last < 3 * first, `${last} µs against ${first} µs`);
  });
});
