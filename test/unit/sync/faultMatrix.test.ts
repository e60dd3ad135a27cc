import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { Listing } from '../../../src/api.ts';
import { assertUnique, idsOf } from '../../contract/stage.ts';
import type { Core } from '../../support/core.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { isOf, type TabledFault, tabledFaults } from './faultTable.ts';
import { useMatrix } from './matrixCore.ts';
import { rows, type Subject, subjects } from './subjects.ts';

type Read = (refresh?: boolean) => Promise<Listing<{ readonly id: string; readonly name: string }>>;

/** What stays of a listing whose n-th request meets a fault. */
function expected({ state, kind, costs }: TabledFault, { rowsBefore }: Subject, n: number) {
  const before = costs === undefined ? (rowsBefore[n - 1] ?? 0) : rows - costs;
  return { state: before > 0 ? 'partial' : state, kind, rows: before };
}

/** Each fault meets each request for which it means what the table says. */
function placesOf(fault: TabledFault, subject: Subject): number[] {
  return subject.rowsBefore.map((_, index) => index + 1).filter((n) => isMeant(fault, subject, n));
}

function isMeant({ isLack, isRefusal, costs, place }: TabledFault, subject: Subject, n: number): boolean {
  if (place === 'later' && (isForNames(subject, n) || subject.rowsBefore[n - 1] === 0)) return false;
  if (place === 'last' && n < subject.rowsBefore.length) return false;
  if (subject.mayLackFirst && n === 1 && (isLack || costs === 1)) return false;
  if (subject.isBatchFirst && n === 1 && (isRefusal || costs === 1)) return false;
  // A row less of the names is no row less.
  return costs === undefined || !isForNames(subject, n);
}

/** How many requests there are until the load whose n-th one meets the fault has ended. */
function requestsUntil(
  { costs, place, tries }: TabledFault,
  { rowsBefore, endsWithNames }: Subject,
  n: number,
): number {
  if (costs !== undefined) return rowsBefore.length;
  // Those who came before the page that is no page still get their names.
  return n - 1 + tries + (place === 'later' && endsWithNames ? 1 : 0);
}

function isForNames({ endsWithNames, rowsBefore }: Subject, n: number): boolean {
  return endsWithNames === true && n === rowsBefore.length;
}

for (const subject of subjects) {
  describe(`${subject.name}, meeting`, () => {
    const coreFor = useMatrix();
    for (const fault of tabledFaults) {
      const places = placesOf(fault, subject);
      if (places.length === 0 || !isOf(fault, subject.provider)) continue;
      it(`${fault.name}: ${fault.state}, ${fault.kind}`, async () => {
        await Promise.all(places.map((n) => meet(coreFor(fault), subject, fault, n)));
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
  const { signal } = new AbortController();
  try {
    await live(server, subject, fault, n, await reader(core, subject, tenantId, signal));
    assert.equal(getEventListeners(signal, 'abort').length, 0, 'listeners left');
  } catch (error) {
    throw new Error(`Request ${n}: ${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    await server.close();
  }
}

async function reader({ api }: Core, { list }: Subject, tenantId: string, signal: AbortSignal): Promise<Read> {
  if (list === 'groups') return (refresh = false) => api.groups(tenantId, { refresh, signal });
  const [group] = (await api.groups(tenantId)).items;
  assert.ok(group);
  return (refresh = false) => api.members(tenantId, group.id, { refresh, signal });
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
  const arrived = idsOf(met.items);
  const sent = server.count(subject.line);
  assert.equal(sent, requestsUntil(fault, subject, n), 'requests');
  assert.deepEqual(await read(), met);
  assert.equal(server.count(subject.line), sent, 'asked again without being told to');

  heal(server, subject);
  const whole = await read(true);
  assert.deepEqual([whole.completeness.state, whole.items.length], ['complete', rows]);
  assertUnique(whole.items);
  for (const id of arrived) assert.ok(idsOf(whole.items).includes(id), `${id} is no row of the service`);

  if (isForNames(subject, n)) return;
  breakAt(server, subject, fault, n);
  const again = await read(true);
  assert.deepEqual([again.completeness.state, again.completeness.kind], [wanted.state, wanted.kind]);
  assert.deepEqual(idsOf(again.items).sort(), idsOf(whole.items).sort(), 'former rows');
  assert.deepEqual([again.completeness.asOf, again.completeness.count], [whole.completeness.asOf, rows]);
}

function breakAt(server: FaultServer, { line, paging }: Subject, { fault, costs }: TabledFault, n: number): void {
  server.heal();
  // First of all rules: what it does, no other changes.
  server.add({ match: line, fault, from: n, ...(costs === undefined ? {} : { times: 1 }) });
  for (const rule of paging) server.add(rule);
}

function heal(server: FaultServer, { paging }: Subject): void {
  server.heal();
  for (const rule of paging) server.add(rule);
}
