import assert from 'node:assert/strict';
import type { SandboxTenant } from '../../../src/sandbox/tenant.ts';
import { lines } from '../../contract/lines.ts';
import { assertUnique } from '../../contract/stage.ts';
import { plainEntra, plainPowerBI, plainUiPath } from '../../contract/tenants.ts';
import { type Core, startCore } from '../../support/core.ts';
import { type FaultRule, startFaultServer } from '../../support/faultServer.ts';
import { json, pageCap } from '../../support/faults.ts';
import { quickPause } from '../../support/quickPause.ts';
import { outstandingFaults, type TabledFault } from './faultTable.ts';

const groups = 3;
const membersPerGroup = 3;

/** A request of a whole-tenant load. */
interface Place {
  readonly line: RegExp;
  readonly n: number;
  readonly of: 'groups' | 'members' | 'names';
}

interface Whole {
  readonly name: string;
  readonly tenant: SandboxTenant;
  readonly paging: readonly FaultRule[];
  readonly places: readonly Place[];
}

const total = json((body) => ({ ...(body as object), '@odata.count': 3 }));

function pagesOfTwo(line: RegExp): FaultRule[] {
  return [
    { match: line, fault: total },
    { match: line, fault: pageCap(2) },
  ];
}

/** The requests for one group's members: of the middle one. */
function ofMiddleGroup(tenant: SandboxTenant, line: RegExp): RegExp {
  const all = tenant.provider === 'powerbi' ? tenant.workspaces : tenant.groups;
  return new RegExp(`${all.slice(1, 2)[0]?.id}.*${line.source.slice(line.source.lastIndexOf('[^/]+') + 5)}`);
}

const powerbi = plainPowerBI(groups, membersPerGroup);
const uipath = plainUiPath(groups, membersPerGroup, 'null');
const entra = plainEntra(groups, membersPerGroup);
const references = ofMiddleGroup(uipath, lines.references);
const wholes: readonly Whole[] = [
  {
    name: 'a member of Power BI',
    tenant: powerbi,
    paging: [...pagesOfTwo(lines.groups), ...pagesOfTwo(lines.members)],
    places: [
      { line: lines.groups, n: 1, of: 'groups' },
      { line: lines.groups, n: 2, of: 'groups' },
      { line: ofMiddleGroup(powerbi, lines.members), n: 1, of: 'members' },
      { line: ofMiddleGroup(powerbi, lines.members), n: 2, of: 'members' },
    ],
  },
  {
    name: 'an admin of Power BI',
    tenant: plainPowerBI(groups, membersPerGroup, 'admin'),
    paging: pagesOfTwo(lines.adminGroups),
    places: [
      { line: lines.adminGroups, n: 1, of: 'groups' },
      { line: lines.adminGroups, n: 2, of: 'groups' },
    ],
  },
  {
    name: 'UiPath',
    tenant: uipath,
    paging: [{ match: lines.references, fault: pageCap(2) }],
    places: [
      { line: lines.identityGroups, n: 1, of: 'groups' },
      { line: references, n: 1, of: 'members' },
      { line: references, n: 2, of: 'members' },
      { line: lines.directory, n: 1, of: 'names' },
    ],
  },
  {
    name: 'Entra',
    tenant: entra,
    paging: [
      { match: lines.directoryGroups, fault: pageCap(2) },
      { match: lines.directoryMembers, fault: pageCap(2) },
    ],
    places: [
      { line: lines.directoryGroups, n: 1, of: 'groups' },
      { line: lines.directoryGroups, n: 2, of: 'groups' },
      { line: ofMiddleGroup(entra, lines.directoryMembers), n: 1, of: 'members' },
      { line: ofMiddleGroup(entra, lines.directoryMembers), n: 2, of: 'members' },
    ],
  },
];

for (const whole of wholes) {
  describe(`loadAll for ${whole.name}, meeting`, () => {
    let core: Core;
    before(() => {
      core = startCore({ pause: quickPause });
    });
    after(async () => {
      assert.deepEqual(core.errors, []);
      await core.close();
    });

    for (const fault of outstandingFaults) {
      if (fault.providers && !fault.providers.includes(whole.tenant.provider)) continue;
      it(`${fault.name}: ${fault.state}, ${fault.kind}`, () =>
        Promise.all(whole.places.map((place) => meet(core, whole, fault, place))));
    }
  });
}

async function meet(
  { api }: Core,
  { tenant, paging }: Whole,
  fault: TabledFault,
  { line, n, of }: Place,
): Promise<void> {
  const times = fault.costsOneRow ? { times: 1 } : {};
  const broken = { match: line, fault: fault.fault, from: n, ...times };
  const server = await startFaultServer({ tenants: [tenant], rules: [broken, ...paging] });
  const [connection] = server.connections;
  assert.ok(connection);
  const tenantId = await api.addTenant(connection);
  const what = `${of}, request ${n}`;
  const state = n > 1 ? 'partial' : fault.state;

  const met = await api.loadAll(tenantId);
  if (of === 'groups') assert.deepEqual([met.state, met.kind], [state, fault.kind], what);
  else assert.equal(met.state, 'partial', what);
  if (of === 'members') assert.match(met.reason ?? '', new RegExp(`: 1 ${state}\\.$`), what);
  if (of === 'names') assert.match(met.reason ?? '', /: [1-3] partial\.$/, what);
  const listed = await api.groups(tenantId);
  for (const { id } of listed.items) {
    const { items, completeness } = await api.members(tenantId, id);
    assert.equal(completeness.count, items.length);
    if (of === 'groups') assert.equal(completeness.state, 'complete', what);
    assertUnique(items);
  }

  server.heal();
  for (const rule of paging) server.add(rule);
  const healed = await api.loadAll(tenantId);
  assert.deepEqual([healed.state, healed.count], ['complete', groups * membersPerGroup], what);
  assertUnique((await api.groups(tenantId)).items);
  await server.close();
}
