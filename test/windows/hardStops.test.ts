import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { Completeness, Details } from '../../src/core/model.ts';
import type { StoreReader } from '../../src/core/store.ts';
import { powerBITenant } from '../../src/sandbox/powerbi/tenant.ts';
import { createStoreReader } from '../../src/store/reader.ts';
import { lines } from '../contract/lines.ts';
import { idsOf } from '../contract/stage.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import type { WorkbenchTree } from '../support/workbenchTree.ts';
import { createVersionedService, groupName, groupsOf, membersOf } from './service.ts';
import { openWindows, type Window, type Windows } from './windows.ts';

/** Some in every run; `TEST_SCHEDULES=200 npm run test:windows` for the long run. */
const schedules = Number(process.env.TEST_SCHEDULES ?? 3);
const below = (end: number): number => Math.floor(Math.random() * end);
const all = { offset: 0, limit: 10_000 };

describe('two windows of VS Code, one of them killed while it writes', function () {
  this.timeout(120_000 + schedules * 40_000);
  const service = createVersionedService();
  let server: FaultServer;
  let windows: Windows;
  let other: Window;
  let tree: WorkbenchTree;
  let tenantIds: readonly string[];

  before(async () => {
    server = await startFaultServer({
      tenants: [
        powerBITenant({ name: 'My workspaces', workspaces: [] }),
        powerBITenant({ name: 'Whole tenant', scope: 'admin', workspaces: [] }),
      ],
      rules: [{ match: lines.anything, fault: service.fault }],
    });
    windows = await openWindows();
    other = await windows.open();
    tenantIds = await Promise.all(server.connections.map((connection) => other.api.addTenant(connection)));
  });
  after(async () => {
    await windows?.close();
    await server?.close();
  });

  it(`leave a sound store in ${schedules} schedules, and the other one sees every change`, async () => {
    let inTime = 0;
    let mixed = 0;
    let complete = 0;
    for (const id of tenantIds) assert.equal((await other.api.loadAll(id)).state, 'complete');
    tree = await showGroups(other);
    let victim = await windows.open();
    for (let schedule = 0; schedule < schedules; schedule++) {
      service.version += 1;
      const rest = someLoads(other);
      if (await killWhileLoading(victim)) inTime += 1;
      await rest;
      const seen = checkStore();
      complete += seen.complete;
      mixed += seen.incomplete;

      service.version += 1;
      victim = await windows.open();
      await changeIsSeen(victim);
      assert.equal(checkStore().incomplete, 0);
      if (schedules > 20) console.log(`      ${schedule + 1} of ${schedules} schedules`);
      // The window that was there before is killed as well, now and then.
      if (schedule % 4 < 3) continue;
      service.version += 1;
      await killWhileLoading(other);
      checkStore();
      other = victim;
      tree = await showGroups(other);
      victim = await windows.open();
    }
    const seen = `${inTime} of ${schedules} kills cut a load short; then ${complete} listings were complete, ${mixed} not`;
    console.log(`      ${seen}`);
    assert.ok(complete > 0, seen);
    // Of few, all may come too late.
    if (schedules >= 20) assert.ok(inTime > schedules / 2 && mixed > 0, seen);
  });

  /** Loads everything in one window; ends its host at one of the requests or a little later. Answers whether in time. */
  async function killWhileLoading(victim: Window): Promise<boolean> {
    const before = server.requests.length;
    const loads = tenantIds.map((id) => victim.api.loadAll(id, { refresh: true }));
    const ends = Promise.allSettled(loads);
    // How many there are depends on the version; some kills come when all is loaded.
    await Promise.race([server.received(lines.anything, before + 1 + below(25)), ends]);
    await delay(below(60));
    await victim.kill();
    return (await ends).some(({ status }) => status === 'rejected');
  }

  /** Nothing, one listing or all of them. */
  async function someLoads({ api }: Window): Promise<void> {
    const [tenantId = ''] = tenantIds;
    if (below(3) === 0) await api.groups(tenantId, { refresh: true });
    else if (below(2) === 0) await Promise.all(tenantIds.map((id) => api.loadAll(id, { refresh: true })));
  }

  /** What one window loads, the other one is told, reads and shows. */
  async function changeIsSeen(window: Window): Promise<void> {
    const [tenantId = ''] = tenantIds;
    const told = tenantIds.map((id) => other.nextChange((change) => change.tenantId === id));
    for (const id of tenantIds) assert.equal((await window.api.loadAll(id, { refresh: true })).state, 'complete');
    await Promise.all(told);
    const { items, completeness } = await other.api.groups(tenantId);
    assert.equal(completeness.state, 'complete');
    assert.deepEqual(idsOf(items).sort(), [...groupsOf(service.version)].sort());
    const names = groupsOf(service.version).map((id) => groupName(id, service.version));
    await tree.waitForRows('the groups of this version', (rows) => {
      const shown = rows.filter(({ level }) => level === 2).map(({ label }) => label);
      return shown.length === names.length && names.every((name) => shown.includes(name));
    });
  }

  async function showGroups(window: Window): Promise<WorkbenchTree> {
    const shown = await window.openTree();
    const [first] = await shown.waitForRows('the tenants', (rows) => rows.length === tenantIds.length);
    await shown.expand(first?.label ?? '');
    return shown;
  }

  /** Looks at the store as it is at one moment, whoever is writing. Answers how many listings say what. */
  function checkStore(): { complete: number; incomplete: number } {
    const db = new DatabaseSync(windows.storePath, { readOnly: true, timeout: 10_000 });
    const copy = `${windows.storePath}.copy`;
    try {
      assert.equal(db.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
      db.exec(`VACUUM INTO '${copy}'`);
    } finally {
      db.close();
    }
    const reader = createStoreReader({ path: copy, onDamaged: () => assert.fail('damaged') });
    try {
      const states = tenantIds.flatMap((tenantId) => statesOf(reader, tenantId));
      const complete = states.filter((isComplete) => isComplete).length;
      return { complete, incomplete: states.length - complete };
    } finally {
      reader.close();
      rmSync(copy);
    }
  }

  function statesOf(reader: StoreReader, tenantId: string): boolean[] {
    const groups = reader.groups(tenantId, all);
    return [
      isComplete(
        'groups',
        reader.completeness({ list: 'groups', tenantId }),
        reader.groupsAsSent(tenantId, all),
        groupsOf,
      ),
      ...groups.map(({ id, members }) => {
        const rows = reader.members(tenantId, id, all);
        return isComplete(id, members, rows, (version) => membersOf(id, version));
      }),
    ];
  }
});

/** Whether a listing says that it is complete; then it must hold what one version of the service has, all of it. */
function isComplete(
  name: string,
  { state, count }: Completeness,
  rows: readonly { readonly id: string; readonly details: Details }[],
  truth: (version: number) => readonly string[],
): boolean {
  if (state !== 'complete') return false;
  const versions = new Set(rows.map(({ details }) => details.version));
  assert.equal(versions.size, 1, `${name} says that it is complete, with rows of versions ${[...versions]}`);
  const [version] = versions;
  assert.deepEqual(idsOf(rows).sort(), [...truth(Number(version))].sort(), name);
  assert.equal(count, rows.length, name);
  return true;
}
