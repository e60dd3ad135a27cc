import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { TenantExplorerApi } from '../../../src/api.ts';
import type { SandboxTenant } from '../../../src/sandbox/tenant.ts';
import { lines } from '../../contract/lines.ts';
import { assertUnique, idsOf } from '../../contract/stage.ts';
import { plainEntra, plainPowerBI, plainUiPath } from '../../contract/tenants.ts';
import type { Core } from '../../support/core.ts';
import { type FaultRule, startFaultServer } from '../../support/faultServer.ts';
import { json, pageCap, status } from '../../support/faults.ts';
import { isOf, type TabledFault, tabledFaults } from './faultTable.ts';
import { useMatrix } from './matrixCore.ts';

const groups = 3;
const membersPerGroup = 3;

/** A request of a whole-tenant load: the n-th of one listing. */
interface Place {
  readonly line: RegExp;
  readonly n: number;
  readonly of: 'groups' | 'members' | 'names';
  /** Rows of the listing that came before it. */
  readonly before: number;
  readonly isLast?: true;
  /** Not every installation has this route: its lack is no fault. */
  readonly mayLack?: true;
  /** It holds several, and may be refused for that. */
  readonly isBatch?: true;
}

interface Whole {
  readonly name: string;
  readonly tenant: SandboxTenant;
  readonly paging: readonly FaultRule[];
  readonly places: readonly Place[];
}

const total = json((body) => ({ ...(body as object), '@odata.count': 3 }));

function pagesOf(rows: number, line: RegExp): FaultRule[] {
  return [
    { match: line, fault: total },
    { match: line, fault: pageCap(rows) },
  ];
}

/** Groups in pages of one. */
function groupPlaces(line: RegExp): Place[] {
  return [
    { line, n: 1, of: 'groups', before: 0 },
    { line, n: 2, of: 'groups', before: 1 },
    { line, n: 3, of: 'groups', before: 2, isLast: true },
  ];
}

/** The requests of that kind for the members of one group. */
function ofGroup(tenant: SandboxTenant, index: number, line: RegExp): RegExp {
  const all = tenant.provider === 'powerbi' ? tenant.workspaces : tenant.groups;
  return new RegExp(`${all.slice(index, index + 1)[0]?.id}${line.source.slice(line.source.lastIndexOf('[^/]+') + 5)}`);
}

const powerbi = plainPowerBI(groups, membersPerGroup);
const uipath = plainUiPath(groups, membersPerGroup, 'null');
const entra = plainEntra(groups, membersPerGroup);
const wholes: readonly Whole[] = [
  {
    name: 'a member of Power BI',
    tenant: powerbi,
    paging: [...pagesOf(1, lines.groups), ...pagesOf(2, lines.members)],
    places: [
      ...groupPlaces(lines.groups),
      { line: ofGroup(powerbi, 0, lines.members), n: 1, of: 'members', before: 0 },
      { line: ofGroup(powerbi, 1, lines.members), n: 1, of: 'members', before: 0 },
      { line: ofGroup(powerbi, 2, lines.members), n: 2, of: 'members', before: 2, isLast: true },
    ],
  },
  {
    name: 'an admin of Power BI',
    tenant: plainPowerBI(groups, membersPerGroup, 'admin'),
    paging: pagesOf(1, lines.adminGroups),
    places: groupPlaces(lines.adminGroups),
  },
  {
    name: 'UiPath',
    tenant: uipath,
    paging: [{ match: lines.references, fault: pageCap(2) }],
    places: [
      { line: lines.identityGroups, n: 1, of: 'groups', before: 0, isLast: true },
      { line: ofGroup(uipath, 0, lines.identityGroup), n: 1, of: 'members', before: 0, mayLack: true },
      { line: ofGroup(uipath, 1, lines.references), n: 1, of: 'members', before: 0 },
      { line: ofGroup(uipath, 2, lines.references), n: 2, of: 'members', before: 2, isLast: true },
      { line: lines.directory, n: 1, of: 'names', before: membersPerGroup },
    ],
  },
  {
    name: 'Entra',
    tenant: entra,
    paging: [
      { match: lines.directoryGroups, fault: pageCap(1) },
      { match: lines.directoryMembers, fault: pageCap(2) },
    ],
    places: [
      ...groupPlaces(lines.directoryGroups),
      { line: lines.batch, n: groups, of: 'members', before: 0, isBatch: true },
    ],
  },
  {
    name: 'Entra, one request at a time',
    tenant: entra,
    paging: [
      { match: lines.directoryGroups, fault: pageCap(1) },
      { match: lines.directoryMembers, fault: pageCap(2) },
      { match: lines.batch, fault: status(405) },
    ],
    places: [
      ...groupPlaces(lines.directoryGroups),
      { line: ofGroup(entra, 0, lines.directoryMembers), n: 1, of: 'members', before: 0 },
      { line: ofGroup(entra, 1, lines.directoryMembers), n: 1, of: 'members', before: 0 },
      { line: ofGroup(entra, 2, lines.directoryMembers), n: 2, of: 'members', before: 2, isLast: true },
    ],
  },
];

for (const whole of wholes) {
  describe(`loadAll for ${whole.name}, meeting`, () => {
    const coreFor = useMatrix();
    for (const fault of tabledFaults) {
      const places = whole.places.filter((place) => isMeant(fault, place));
      if (places.length === 0 || !isOf(fault, whole.tenant.provider)) continue;
      it(`${fault.name}: ${fault.state}, ${fault.kind}`, () =>
        Promise.all(places.map((place) => meet(coreFor(fault), whole, fault, place))));
    }
  });
}

function isMeant(fault: TabledFault, { of, before, isLast, mayLack, isBatch }: Place): boolean {
  const { isLack, isRefusal, costs, place } = fault;
  if (place === 'later') return of !== 'names' && before > 0;
  if (place === 'last' && !isLast) return false;
  if (isBatch && (isRefusal || costs !== undefined)) return false;
  if (mayLack) return !isLack && costs === undefined;
  return of !== 'names' || costs === undefined;
}

/** Rows that a listing has although one of its requests met the fault. */
function arrived({ costs }: TabledFault, { before }: Place, all: number): number {
  return costs === undefined ? before : all - costs;
}

async function meet({ api }: Core, { tenant, paging }: Whole, fault: TabledFault, place: Place): Promise<void> {
  const { line, n, of } = place;
  const times = fault.costs === undefined ? {} : { times: 1 };
  const broken = { match: line, fault: fault.fault, from: n, ...times };
  const server = await startFaultServer({ tenants: [tenant], rules: [broken, ...paging] });
  const [connection] = server.connections;
  assert.ok(connection);
  const tenantId = await api.addTenant(connection);
  const { signal } = new AbortController();
  const what = `${of}, request ${n}`;
  const state = place.before > 0 ? 'partial' : fault.state;

  const met = await api.loadAll(tenantId, { signal });
  if (of === 'groups') assert.deepEqual([met.state, met.kind], [state, fault.kind], what);
  else assert.equal(met.state, 'partial', what);
  if (of === 'members') assert.match(met.reason ?? '', new RegExp(`: 1 ${state}\\.$`), what);
  if (of === 'names') assert.match(met.reason ?? '', /: [1-3] partial\.$/, what);
  const came = await idsByGroup(api, tenantId);
  if (of === 'groups') assert.equal(came.size, arrived(fault, place, groups), what);
  else assert.equal(came.size, groups, what);
  const counts = [...came.values()].map((ids) => ids.length).sort();
  const least = of === 'members' ? arrived(fault, place, membersPerGroup) : membersPerGroup;
  assert.deepEqual(
    counts,
    counts.map((_, index) => (index === 0 ? least : membersPerGroup)),
    what,
  );

  server.heal();
  for (const rule of paging) server.add(rule);
  const healed = await api.loadAll(tenantId, { signal });
  assert.deepEqual([healed.state, healed.count], ['complete', groups * membersPerGroup], what);
  const whole = await idsByGroup(api, tenantId);
  for (const [groupId, ids] of came) {
    for (const id of ids) assert.ok(whole.get(groupId)?.includes(id), `${what}: ${id} is no row of the service`);
  }
  assert.equal(getEventListeners(signal, 'abort').length, 0, 'listeners left');
  await server.close();
}

/** The members' ids of every group that is held. */
async function idsByGroup(api: TenantExplorerApi, tenantId: string): Promise<Map<string, readonly string[]>> {
  const { items: listed } = await api.groups(tenantId);
  assertUnique(listed);
  const found = new Map<string, readonly string[]>();
  for (const { id } of listed) {
    const { items, completeness } = await api.members(tenantId, id);
    assert.equal(completeness.count, items.length);
    assertUnique(items);
    found.set(id, idsOf(items));
  }
  return found;
}
