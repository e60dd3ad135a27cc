import assert from 'node:assert/strict';
import type { Listing } from '../../../src/api.ts';
import { assertUnique, idsOf } from '../../contract/stage.ts';
import { type Core, startCore } from '../../support/core.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { quickPause } from '../../support/quickPause.ts';
import { outstandingFaults, type TabledFault, tabledFaults } from './faultTable.ts';
import { rows, type Subject, subjects } from './subjects.ts';

type Read = (refresh?: boolean) => Promise<Listing<{ readonly id: string; readonly name: string }>>;

/** What stays of a listing whose n-th request meets a fault. */
function expected({ state, kind, costsOneRow }: TabledFault, { rowsBefore }: Subject, n: number) {
  const before = costsOneRow ? rows - 1 : (rowsBefore[n - 1] ?? 0);
  return { state: before > 0 ? 'partial' : state, kind, rows: before };
}

/** Each fault meets the first request, and one fault of each way to end also all others. */
function placesOf(fault: TabledFault, subject: Subject): number[] {
  const places = subject.rowsBefore.map((_, index) => index + 1).filter((n) => isMeant(fault, subject, n));
  return outstandingFaults.includes(fault) ? places : places.slice(0, 1);
}

/** Some faults mean something else for one of the requests. */
function isMeant({ isLack, costsOneRow }: TabledFault, subject: Subject, n: number): boolean {
  if (subject.mayLackFirst && n === 1 && (isLack || costsOneRow)) return false;
  // A row less of the names is no row less.
  return !(costsOneRow && isForNames(subject, n));
}

function isForNames({ endsWithNames, rowsBefore }: Subject, n: number): boolean {
  return endsWithNames === true && n === rowsBefore.length;
}

for (const subject of subjects) {
  describe(`${subject.name}, meeting`, () => {
    let core: Core;
    before(() => {
      core = startCore({ pause: quickPause });
    });
    after(async () => {
      assert.deepEqual(core.errors, []);
      await core.close();
    });

    for (const fault of tabledFaults) {
      if (fault.providers && !fault.providers.includes(subject.provider)) continue;
      it(`${fault.name}: ${fault.state}, ${fault.kind}`, async () => {
        await Promise.all(placesOf(fault, subject).map((n) => meet(core, subject, fault, n)));
      });
    }
  });
}

/** The whole life of a listing whose n-th request meets a fault. */
async function meet(core: Core, subject: Subject, fault: TabledFault, n: number): Promise<void> {
  const server = await startFaultServer({ tenants: [subject.tenant], rules: subject.paging });
  const [connection] = server.connections;
  assert.ok(connection);
  const tenantId = await core.api.addTenant(connection);
  try {
    await live(server, subject, fault, n, await reader(core, subject, tenantId));
  } catch (error) {
    throw new Error(`Request ${n}: ${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    await server.close();
  }
}

async function reader({ api }: Core, { list }: Subject, tenantId: string): Promise<Read> {
  if (list === 'groups') return (refresh = false) => api.groups(tenantId, { refresh });
  const [group] = (await api.groups(tenantId)).items;
  assert.ok(group);
  return (refresh = false) => api.members(tenantId, group.id, { refresh });
}

async function live(server: FaultServer, subject: Subject, fault: TabledFault, n: number, read: Read): Promise<void> {
  const held = subject.comesAlong ? rows : 0;
  const wanted = expected(fault, subject, n);

  breakAt(server, subject, fault, n);
  const met = await read(held > 0);
  assert.deepEqual([met.completeness.state, met.completeness.kind], [wanted.state, wanted.kind]);
  assert.equal(met.items.length, Math.max(wanted.rows, held));
  assert.equal(met.completeness.count, met.items.length);
  assert.ok(met.completeness.reason);
  assert.equal(met.completeness.retryAt !== undefined, fault.hasTime ?? false, 'retryAt');
  assertUnique(met.items);
  const sent = server.count(subject.line);
  assert.equal(sent, fault.costsOneRow ? subject.rowsBefore.length : n - 1 + fault.tries, 'requests');
  assert.deepEqual(await read(), met);
  assert.equal(server.count(subject.line), sent, 'asked again without being told to');

  heal(server, subject);
  const whole = await read(true);
  assert.deepEqual([whole.completeness.state, whole.items.length], ['complete', rows]);
  assertUnique(whole.items);

  if (isForNames(subject, n)) return;
  breakAt(server, subject, fault, n);
  const again = await read(true);
  assert.deepEqual([again.completeness.state, again.completeness.kind], [wanted.state, wanted.kind]);
  assert.deepEqual(idsOf(again.items).sort(), idsOf(whole.items).sort(), 'former rows');
  assert.deepEqual([again.completeness.asOf, again.completeness.count], [whole.completeness.asOf, rows]);
}

function breakAt(server: FaultServer, { line, paging }: Subject, { fault, costsOneRow }: TabledFault, n: number): void {
  server.heal();
  // First of all rules: what it does, no other changes.
  server.add({ match: line, fault, from: n, ...(costsOneRow ? { times: 1 } : {}) });
  for (const rule of paging) server.add(rule);
}

function heal(server: FaultServer, { paging }: Subject): void {
  server.heal();
  for (const rule of paging) server.add(rule);
}
