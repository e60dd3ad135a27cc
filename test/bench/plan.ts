/** Planning 10,000 changes, and writing an access file of 50,000 members: the longest stall of the thread that does it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessText } from '../../src/commands/accessFile/accessText.ts';
import type { Wish } from '../../src/core/changes/changes.ts';
import { makePlan, mostChanges } from '../../src/core/changes/makePlan.ts';
import type { MemberRow } from '../../src/core/provider/rows.ts';
import { powerbi } from '../../src/providers/powerbi/index.ts';
import { openForWriting } from '../../src/store/open.ts';
import { createStoreReader } from '../../src/store/reader.ts';
import { createSql } from '../../src/store/sql.ts';
import { createWriter } from '../../src/store/writer.ts';
import { readWorld } from '../../src/sync/changes/world.ts';
import { atMost, type Bench, count, type Figure, milliseconds } from './support/report.ts';
import { watchThread } from './support/watchThread.ts';

const rounds = 3;
const mostMembers = 50_000;
const tenantId = 't';

export const bench: Bench = {
  name: 'plan',
  run: async () => [
    await planFor(mostChanges, 20, `a plan of ${count(mostChanges)} changes in as many groups`),
    await planFor(1, 100_000, `a plan of ${count(mostChanges)} changes in a group with 100,000 members`),
    await longestStall(`the text of an access file with ${count(mostMembers)} members`, async () => {
      const members = Array.from({ length: mostMembers }, (_, index) => person(index));
      await accessText('T', [{ id: 'g', name: 'G', isExact: true, members }]);
    }),
  ],
};

async function longestStall(what: string, work: () => Promise<void>): Promise<Figure> {
  let longest = 0;
  for (let round = 0; round < rounds; round++) {
    const watch = await watchThread();
    await work();
    longest = Math.max(longest, watch.stop().slice);
  }
  const measure = `${what}: longest stall, in processor time of its own`;
  return atMost(50, { measure, ours: longest, format: milliseconds });
}

/** Of groups that are in the store. Half of the changes add somebody, half remove. */
async function planFor(groups: number, members: number, what: string): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'tenant-explorer-bench-'));
  const path = join(folder, 'store', 'tenants.sqlite');
  fill(path, groups, members);
  const reader = createStoreReader({ path });
  const wishes = Array.from({ length: mostChanges }, (_, index): Wish => {
    const about = { tenantId, groupId: `g${index % groups}` };
    const round = Math.floor(index / groups);
    return index % 2 === 0
      ? { kind: 'addMember', ...about, principal: person(members + round), accessRight: 'Viewer' }
      : { kind: 'removeMember', ...about, principal: person(round) };
  });
  const deps = { reader, provider: () => powerbi, load: () => Promise.reject(new Error('All is there.')) };
  const { signal } = new AbortController();
  try {
    return await longestStall(what, async () => {
      const plan = await makePlan(wishes, await readWorld(deps, wishes, signal));
      if (plan.changes.length !== mostChanges) throw new Error(`${plan.changes.length} changes are planned.`);
    });
  } finally {
    reader.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function fill(path: string, groups: number, members: number): void {
  const { db } = openForWriting(path);
  const writer = createWriter(createSql(db), { decoders: {}, nextLoadId: () => 1 });
  const connection = { provider: powerbi.id, name: 'T', signIn: 'accessToken' } as const;
  writer.addTenant({ id: tenantId, provider: powerbi.id, name: 'T', connection, isSample: false });
  writer.setAllowsChanges(tenantId, true);
  const load = writer.begin({ list: 'groups', tenantId });
  const all = Array.from({ length: members }, (_, index) => person(index));
  const ids = Array.from({ length: groups }, (_, index) => `g${index}`);
  writer.rows(load, { groups: ids.map((id) => ({ id, name: id, kind: 'workspace', members: all })) });
  writer.end(load, {});
  writer.close();
}

function person(index: number): MemberRow {
  const email = `person${index}@generated.example`;
  const accessRight = index % 7 === 0 ? 'Admin' : 'Viewer';
  return { id: email, identifier: email, name: `Person ${index}`, email, principalType: 'user', accessRight };
}
