import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lastingPlace, sweep, temporaryPlace } from '../../../src/store/place.ts';

describe('where the store is', () => {
  let parent: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'place-'));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('lasts in the folder of the extension', () => {
    const folder = join(parent, 'a');
    mkdirSync(folder);
    const place = lastingPlace(folder);
    assert.equal(dirname(place.path), folder);
    assert.equal(place.isTemporary, false);
    place.remove();
    assert.ok(existsSync(folder));
  });

  it('is known also where no folder can be made', () => {
    const file = join(parent, 'file');
    writeFileSync(file, '');
    assert.equal(lastingPlace(join(file, 'a')).isTemporary, false);
  });

  it('is a private folder that goes, when nothing may stay on disk', () => {
    const place = temporaryPlace(parent);
    if (process.platform !== 'win32') assert.equal(statSync(dirname(place.path)).mode & 0o777, 0o700);
    place.remove();
    assert.ok(!existsSync(dirname(place.path)));
  });

  it('is swept where a process ended hard, and only there', () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const dead = join(parent, `tenant-explorer-${pid}-aB3dE9`);
    const others = join(parent, 'tenant-explorer-notes');
    mkdirSync(dead);
    writeFileSync(join(dead, 'tenants.sqlite'), 'rows');
    mkdirSync(others);
    const alive = temporaryPlace(parent);
    sweep(parent);
    assert.ok(!existsSync(dead));
    assert.ok(existsSync(others));
    assert.ok(existsSync(dirname(alive.path)));
  });
});
