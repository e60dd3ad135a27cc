import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Listing, ListingState } from '../../../src/api.ts';
import { lines } from '../../contract/lines.ts';
import { powerBIList } from '../../contract/replies.ts';
import { assertUnique } from '../../contract/stage.ts';
import { plainPowerBI, plainUiPath } from '../../contract/tenants.ts';
import { type Core, startCore } from '../../support/core.ts';
import type { Fault } from '../../support/fault.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { quickPause } from '../../support/quickPause.ts';

const ends: readonly ListingState[] = ['complete', 'partial', 'denied', 'throttled', 'failed'];

/** Bodies that are nearly right, and those that are not at all. */
const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('a', 'b', ' ', '', '__proto__'));
const cell = fc.oneof({ weight: 3, arbitrary: text }, fc.jsonValue({ maxDepth: 2 }));
const row = fc.oneof(
  fc.record({ id: cell, name: cell, identifier: cell, type: cell, members: cell, users: cell }, { requiredKeys: [] }),
  fc.jsonValue({ maxDepth: 1 }),
);
const list = fc.array(row, { maxLength: 6 });
const count = fc.oneof(fc.nat(8), fc.integer(), fc.string());
const body = fc.oneof(
  fc.jsonValue(),
  list,
  fc.record(
    { value: fc.oneof(list, cell), '@odata.count': count, '@odata.nextLink': cell },
    { requiredKeys: ['value'] },
  ),
  fc.record({ results: fc.oneof(list, cell), totalCount: count }, { requiredKeys: ['results'] }),
  fc.record({ id: cell, members: fc.oneof(list, cell) }, { requiredKeys: [] }),
);

function isNamed(value: unknown, ...keys: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return keys.some((key) => {
    const name = (value as Record<string, unknown>)[key];
    return typeof name === 'string' && name.trim() !== '';
  });
}

function listIn(value: unknown, key: string): readonly unknown[] | undefined {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return Array.isArray(found) ? found : undefined;
}

const everyNamed = (rows: readonly unknown[] | undefined, ...keys: string[]) =>
  rows?.every((one) => isNamed(one, ...keys)) ?? false;

/** Listings, and what a body must be at least for them to be complete. */
const cases = [
  {
    name: 'groups of Power BI',
    tenant: plainPowerBI(1),
    line: lines.groups,
    isList: (value: unknown) => everyNamed(listIn(value, 'value'), 'id'),
  },
  {
    name: 'groups of a whole Power BI tenant',
    tenant: plainPowerBI(1, 1, 'admin'),
    line: lines.adminGroups,
    isList: (value: unknown) => everyNamed(listIn(value, 'value'), 'id'),
  },
  {
    name: 'members of Power BI',
    tenant: plainPowerBI(1),
    line: lines.members,
    isList: (value: unknown) => everyNamed(listIn(value, 'value'), 'identifier'),
  },
  {
    name: 'groups of UiPath',
    tenant: plainUiPath(1),
    line: lines.identityGroups,
    isList: (value: unknown) => Array.isArray(value) && everyNamed(value, 'id'),
  },
  {
    name: 'members of UiPath',
    tenant: plainUiPath(1, 1, 'null'),
    line: /\/api\/(Group\/[^/]+\/|User\/)/,
    isList: (value: unknown) =>
      everyNamed(listIn(value, 'members'), 'identifier', 'name') || everyNamed(listIn(value, 'results'), 'id'),
  },
];

describe('whatever a service answers', () => {
  let core: Core;
  before(() => {
    core = startCore({ pause: quickPause });
  });
  after(async () => {
    assert.deepEqual(core.errors, []);
    await core.close();
  });

  for (const { name, tenant, line, isList } of cases) {
    describe(`for ${name}`, () => {
      let server: FaultServer;
      let read: () => Promise<Listing<{ readonly id: string }>>;
      let answer: Fault;

      before(async () => {
        server = await startFaultServer({ tenants: [tenant] });
        const [connection] = server.connections;
        assert.ok(connection);
        if (name.startsWith('groups')) {
          // A tenant of its own each time: what a service allows in a time is soon used up.
          read = async () => core.api.groups(await core.api.addTenant(connection));
        } else {
          const tenantId = await core.api.addTenant(connection);
          const [group] = (await core.api.groups(tenantId)).items;
          assert.ok(group);
          read = () => core.api.members(tenantId, group.id, { refresh: true });
        }
        server.add({ match: line, fault: (exchange, next) => answer(exchange, next) });
      });
      after(() => server.close());

      it('is never taken for complete unless it is a list of rows that can be read', () =>
        fc.assert(
          fc.asyncProperty(body, async (value) => {
            answer = async () => Response.json(value);
            const { items, completeness } = await read();
            assert.ok(ends.includes(completeness.state), completeness.state);
            assert.ok(completeness.state !== 'complete' || isList(value), JSON.stringify(value));
            assert.equal(completeness.count, items.length);
            assertUnique(items);
          }),
          { numRuns: 40 },
        ));

      it('ends the listing in a state of its own, also when it is no JSON at all', () =>
        fc.assert(
          fc.asyncProperty(
            fc.uint8Array({ maxLength: 40 }),
            fc.constantFrom(200, 201, 302, 400, 404, 418, 500),
            async (bytes, status) => {
              answer = async () => new Response(new Uint8Array(bytes), { status });
              const { completeness } = await read();
              const isJson = /^\s*[[{]/.test(new TextDecoder().decode(bytes));
              if (!isJson || status > 201) assert.ok(completeness.state === 'failed', completeness.state);
            },
          ),
          { numRuns: 20 },
        ));
    });
  }

  it('loses and repeats nothing, however it pages', async () => {
    const server = await startFaultServer({ tenants: [plainPowerBI(1)] });
    const [connection] = server.connections;
    assert.ok(connection);
    const tenantId = await core.api.addTenant(connection);
    let total = 0;
    let cap = 0;
    let isTotalTold = false;
    server.add({
      match: lines.groups,
      fault: async ({ url }) => {
        const skip = Number(url.searchParams.get('$skip'));
        const top = Math.min(cap, Number(url.searchParams.get('$top')));
        const rows = Array.from({ length: Math.max(0, Math.min(top, total - skip)) }, (_, index) => ({
          id: `g${skip + index}`,
        }));
        return Response.json(powerBIList(rows, isTotalTold ? total : rows.length));
      },
    });
    const silent = fc.record({
      total: fc.nat(700),
      cap: fc.integer({ min: 100, max: 700 }),
      isTold: fc.constant(false),
    });
    const told = fc.record({ total: fc.nat(60), cap: fc.integer({ min: 1, max: 60 }), isTold: fc.constant(true) });
    await fc.assert(
      fc.asyncProperty(fc.oneof(silent, told), async (paging) => {
        ({ total, cap, isTold: isTotalTold } = paging);
        const { items, completeness } = await core.api.groups(tenantId, { refresh: true });
        assert.deepEqual([completeness.state, items.length], ['complete', total]);
        assertUnique(items);
      }),
      { numRuns: 50 },
    );
    await server.close();
  });
});
