import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import type { Completeness, Details } from '../../../src/core/model.ts';
import type { StoreReader } from '../../../src/core/store.ts';
import { allRows, contoso, contosoGroups, integrity, openReader, openWriter, storePath } from './fixture.ts';
import { buildWindow, type LoadingWindow, openWindow } from './loadingWindow.ts';

const schedules = 200;
const below = (end: number): number => Math.floor(Math.random() * end);

describe('two windows, one of them killed while it writes', function () {
  this.timeout(120_000);
  it(`leave a sound store in ${schedules} schedules, and the other one goes on`, async () => {
    const path = storePath();
    const script = join(dirname(dirname(path)), 'window.mjs');
    buildWindow(script);
    const { writer, sql } = openWriter(path);
    writer.addTenant(contoso);
    const reader = openReader(path);
    // A process takes longer to start than to be killed, so others start meanwhile.
    const windows: Promise<LoadingWindow>[] = [];
    const start = (): void => void windows.push(openWindow(script, path, below(2 ** 31)));
    const next = async (): Promise<LoadingWindow> => {
      start();
      return (await windows.shift()) ?? next();
    };
    for (let i = 0; i < 2; i++) start();

    let complete = 0;
    let other = await next();
    for (let schedule = 0; schedule < schedules; schedule++) {
      const victim = await next();
      const rest = burst(other, 1 + below(20));
      await killAtStep(victim, 1 + below(20));
      await rest;
      assert.equal(integrity(sql), 'ok');
      complete += checkListings(reader);
      assert.equal(await loadWhole(other), 'complete');
      checkListings(reader);
      // A window that was there before is killed as well.
      if (schedule % 10 < 9) continue;
      await killAtStep(other, 1 + below(20));
      checkListings(reader);
      other = await next();
    }
    await other.kill();
    for (const window of windows) await (await window).kill();
    assert.ok(complete > schedules, `only ${complete} listings were complete`);
  });
});

async function burst(window: LoadingWindow, steps: number): Promise<void> {
  window.tell({ burst: steps });
  while ((await window.hear()) !== 'idle');
}

/** Kills a window while it does this step, or soon after that. */
async function killAtStep(window: LoadingWindow, step: number): Promise<void> {
  window.tell({ burst: step + 2 });
  for (let heard = 0; heard < step; heard++) await window.hear();
  await window.kill();
}

async function loadWhole(window: LoadingWindow): Promise<string> {
  window.tell('loadWhole');
  const message = await window.hear();
  return typeof message === 'string' ? message : message.state;
}

/** A listing that says that it is complete holds all rows of one load, and none of another. Answers how many do. */
function checkListings(reader: StoreReader): number {
  const groups = reader.groupsAsSent('contoso', allRows).map(({ id, details }) => ({
    id,
    details,
    members: reader.completeness({ list: 'members', tenantId: 'contoso', groupId: id }),
  }));
  return [
    check('groups', reader.completeness(contosoGroups), groups),
    ...groups.map(({ id, members }) => check(id, members, reader.members('contoso', id, allRows))),
  ].filter((isComplete) => isComplete).length;
}

function check(name: string, completeness: Completeness, rows: readonly { readonly details: Details }[]): boolean {
  if (completeness.state !== 'complete') return false;
  assert.equal(completeness.count, rows.length, name);
  assert.equal(new Set(rows.map(({ details }) => details.load)).size, rows.length > 0 ? 1 : 0, name);
  for (const { details } of rows) assert.equal(details.of, rows.length, name);
  return true;
}
