import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { TenantExplorerApi } from '../../src/api.ts';
import { isAppError } from '../../src/core/errors.ts';
import { generateTenant } from '../../src/sandbox/generatedTenant.ts';
import { lines } from '../contract/lines.ts';
import { plainPowerBI, plainUiPath } from '../contract/tenants.ts';
import { type Core, startCore } from '../support/core.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import { leftOpen, openResources } from '../support/openResources.ts';
import { quickPause } from '../support/quickPause.ts';
import { tabledFaults } from '../unit/sync/faultTable.ts';
import { createRandom, type Random } from './random.ts';
import { leastOf, type Sample, type Trend, trendOf } from './trend.ts';

export interface SoakOptions {
  readonly seed: number;
  /** Asked after each round. */
  isOver(rounds: number): boolean;
}

export interface Soaked {
  readonly rounds: number;
  readonly actions: number;
  readonly requests: number;
  readonly cancelled: number;
  readonly heap: Trend;
  readonly handles: Trend;
}

const tenants = [
  plainPowerBI(12, 9),
  generateTenant({ provider: 'powerbi', groups: 11, membersPerGroup: 9, scope: 'admin', seed: 2 }),
  plainUiPath(6, 5, 'null'),
];
const actionsARound = 30;
const states = ['complete', 'partial', 'denied', 'throttled', 'failed'];

/**
 * Has random things done to three tenants, over and over, by a service that fails at random; then reads all anew.
 * @throws when something came to what it must not, or the store is not as the service is in the end
 */
export async function soak({ seed, isOver }: SoakOptions): Promise<Soaked> {
  const random = createRandom(seed);
  const server = await startFaultServer({ tenants });
  const core = startCore({ pause: quickPause, timeouts: { idle: 250, admin: 250 } });
  const samples: Sample[] = [];
  const counts = { rounds: 0, actions: 0, requests: 0, cancelled: 0 };
  try {
    const ids = await Promise.all(server.connections.map((connection) => core.api.addTenant(connection)));
    const atFirst = openResources();
    do {
      server.heal();
      for (let faults = random.below(4); faults > 0; faults--) server.add(randomRule(random));
      const ends = await Promise.all(Array.from({ length: actionsARound }, () => act(core, random, random.pick(ids))));
      counts.rounds += 1;
      counts.actions += ends.length;
      counts.cancelled += ends.filter((end) => end === 'cancelled').length;
      counts.requests += server.requests.length;
      server.forget();
      const handles = (await leftOpen(atFirst)).length;
      samples.push({ heap: await heapInUse(), handles });
    } while (!isOver(counts.rounds));
    assert.deepEqual(core.errors, []);
    await endsAsTheServiceIs(core, server, ids);
    return {
      ...counts,
      heap: trendOf(samples.map(({ heap }) => heap)),
      handles: leastOf(samples.map(({ handles }) => handles)),
    };
  } finally {
    await core.close();
    await server.close();
  }
}

function randomRule(random: Random) {
  const match = random.pick([lines.anything, ...Object.values(lines)]);
  return { match, fault: random.pick(tabledFaults).fault, from: 1 + random.below(5), times: 1 + random.below(20) };
}

/** One thing that a person may do. It ends well, in a tabled state, or because it was stopped. */
async function act({ api, sync, tenants: known }: Core, random: Random, tenantId: string): Promise<string> {
  await delay(random.below(80));
  const controller = new AbortController();
  const options = { refresh: random.below(2) === 0, signal: controller.signal };
  const isStopped = random.below(4) === 0;
  if (isStopped) setTimeout(() => controller.abort(), random.below(40));
  try {
    switch (random.below(8)) {
      case 0:
        return told((await api.loadAll(tenantId, options)).state);
      case 1:
      case 2:
        return told((await api.groups(tenantId, options)).completeness.state);
      case 3:
        if (random.below(4) > 0) return 'nothing';
        sync.cancel(tenantId);
        return 'cancelled';
      case 4:
        if (random.below(20) === 0) await known.removeRows(tenantId);
        return 'done';
      default: {
        const { items } = await api.groups(tenantId, { signal: controller.signal });
        if (items.length === 0) return 'nothing';
        return told((await api.members(tenantId, random.pick(items).id, options)).completeness.state);
      }
    }
  } catch (error) {
    // A group may go while its members are asked for: all rows may have been deleted.
    if (isAppError(error, 'cancelled') || isAppError(error, 'notFound')) return error.kind;
    throw error;
  }
}

function told(state: string): string {
  assert.ok(states.includes(state), state);
  return state;
}

let collect: (() => void) | undefined;

async function heapInUse(): Promise<number> {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  // What was just closed is given up some turns later.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  collect();
  return process.memoryUsage().heapUsed;
}

/** Reads all that went through this anew, and the same in a store that never saw a fault: they are equal. */
async function endsAsTheServiceIs(core: Core, server: FaultServer, ids: readonly string[]): Promise<void> {
  server.heal();
  const fresh = startCore();
  try {
    for (const [index, id] of ids.entries()) {
      const connection = server.connections[index];
      assert.ok(connection);
      // Asked for by a person, it is tried whatever failed before.
      await core.api.groups(id, { refresh: true });
      assert.equal((await core.api.loadAll(id, { refresh: true })).state, 'complete');
      const freshId = await fresh.api.addTenant(connection);
      assert.equal((await fresh.api.loadAll(freshId)).state, 'complete');
      assert.deepEqual(await rowsOf(core.api, id), await rowsOf(fresh.api, freshId));
    }
  } finally {
    await fresh.close();
  }
}

async function rowsOf(api: TenantExplorerApi, tenantId: string) {
  const { items } = await api.groups(tenantId);
  return Promise.all(
    items.map(async ({ tenantId: _, ...group }) => ({
      ...group,
      members: (await api.members(tenantId, group.id)).items,
    })),
  );
}
