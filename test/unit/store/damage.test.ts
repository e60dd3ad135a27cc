import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Change } from '../../../src/core/changes/changes.ts';
import { isAppError } from '../../../src/core/errors.ts';
import { createStoreReader } from '../../../src/store/reader.ts';
import { setAside } from '../../../src/store/setAside.ts';
import { createWriterHost, type WriterHost, type WriterHostOptions } from '../../../src/store/writerHost.ts';
import {
  afterTest,
  contoso,
  contosoGroups,
  contosoWith,
  group,
  member,
  membersOf,
  openReader,
  storePath,
} from './fixture.ts';
import { look } from './queries/findings/fixture.ts';

function openHost(
  path: string,
  decoders: WriterHostOptions['decoders'] = {},
): { readonly host: WriterHost; readonly kept: string[] } {
  const kept: string[] = [];
  const host = createWriterHost({ path, decoders, firstLoadId: 1, onDamaged: (keptPath) => kept.push(keptPath) });
  afterTest(() => host.call('close', []));
  return { host, kept };
}

function randomFile(): { readonly path: string; readonly bytes: Buffer } {
  const path = storePath();
  const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * 7919 + 13) % 251));
  mkdirSync(dirname(path));
  writeFileSync(path, bytes);
  return { path, bytes };
}

const ignored = { finding: 'noAdmin', tenantId: 'contoso', groupId: 'g1', memberId: '', accessRight: '' } as const;

const change: Change = {
  kind: 'removeMember',
  tenantId: 'contoso',
  tenantName: 'Contoso',
  principal: { identifier: 'ana@x.com', principalType: 'user', name: 'Ana' },
  before: { accessRight: 'Viewer' },
};

/** A sound store on disk, with enough groups that it has many pages. */
function largeStore(): string {
  const { writer, load, sql, path } = contosoWith();
  writer.agreeToHost('host.example');
  writer.ignoreFindings([ignored], { reason: 'So it is.', by: 'ada' });
  const [key = 0] = writer.logPlan({ id: 'p', owner: 'w', changes: [change, { ...change, undoes: [1] }] });
  writer.logOutcome([key], { outcome: 'applied', isSeen: true });
  load(contosoGroups, {
    groups: Array.from({ length: 500 }, (_, i) => group(`g${i}`, { members: [member(`m${i}`)] })),
  });
  sql.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  writer.close();
  return path;
}

/** Overwrites the pages of a store behind the first `sound` ones. */
function scribble(path: string, sound: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, sound * 4096);
  writeFileSync(path, bytes);
}

describe('a damaged store', () => {
  it('of random bytes is kept under another name, and a fresh one is begun', () => {
    const { path, bytes } = randomFile();
    const { host, kept } = openHost(path);
    assert.deepEqual(host.open(), { isNewer: false });
    assert.equal(kept.length, 1);
    assert.match(basename(kept[0] ?? ''), /^store\.db\.damaged-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/);
    assert.deepEqual(readFileSync(kept[0] ?? ''), bytes);
    host.call('addTenant', [contoso]);
    assert.deepEqual(openReader(path).tenants(), [contoso]);
  });

  it('that was cut off is noticed when it is opened, and its tenants are saved', () => {
    const path = largeStore();
    truncateSync(path, 30 * 4096);
    const { host, kept } = openHost(path);
    host.open();
    assert.equal(kept.length, 1);
    assert.ok(existsSync(kept[0] ?? ''));
    // SQLite reads nothing of a file that is shorter than it says it is.
    assert.deepEqual(openReader(path).tenants(), []);
  });

  it('that breaks while it is used gives its tenants, agreed hosts, ignored findings and change log to a fresh one', async () => {
    const path = largeStore();
    scribble(path, 60);
    const { host, kept } = openHost(path);
    host.open();
    assert.deepEqual(kept, []);
    assert.throws(
      () => {
        for (let i = 0; i < 500; i++) host.call('begin', [membersOf('contoso', `g${i}`)]);
      },
      (error) => isAppError(error, 'unavailable'),
    );
    assert.equal(kept.length, 1);
    const reader = openReader(path);
    assert.deepEqual(reader.tenants(), [contoso]);
    assert.equal(reader.hasAgreedToHost('host.example'), true);
    assert.deepEqual(reader.completeness(contosoGroups), { state: 'notLoaded' });
    const log = await reader.changeLog({ limit: 9 });
    assert.deepEqual(
      log.map(({ key, outcome, isSeen, change: { undoes, ...rest } }) => [key, outcome, isSeen, undoes, rest]),
      [
        [2, 'planned', undefined, [1], change],
        [1, 'applied', true, undefined, change],
      ],
    );
    const kinds = (await look(reader)).ignored.map(({ finding, groupId, reason }) => [finding, groupId, reason]);
    assert.deepEqual(kinds, [['noAdmin', 'g1', 'So it is.']]);
  });

  it('that cannot be set aside is told as a fault of the store', () => {
    const path = storePath();
    const decoder = () => {
      // With its folder, no lock for setting it aside can be made.
      rmSync(dirname(path), { recursive: true });
      throw Object.assign(new Error('database disk image is malformed'), { errcode: 11 });
    };
    const { host } = openHost(path, { powerbi: decoder });
    host.open();
    assert.throws(
      () => host.call('decode', ['powerbi', { url: '', shape: '', state: {} }, new Uint8Array()]),
      (error) => isAppError(error, 'unavailable') && error.storeFault !== undefined,
    );
  });

  it('is told apart from none by the reader, which tells once and then reads the fresh one', () => {
    const { path } = randomFile();
    let told = 0;
    const reader = createStoreReader({ path, onDamaged: () => told++ });
    afterTest(() => reader.close());
    assert.deepEqual(reader.tenants(), []);
    assert.deepEqual(reader.tenants(), []);
    assert.equal(reader.status(), 'damaged');
    assert.equal(told, 1);
    openHost(path).host.call('addTenant', [contoso]);
    assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso' }]);
    assert.deepEqual(reader.tenants(), [contoso]);
    assert.equal(reader.status(), 'ready');
  });

  it('is set aside by one window only', () => {
    const { path } = randomFile();
    assert.ok(setAside(path, false));
    assert.equal(setAside(path, false), undefined);
    const sound = largeStore();
    assert.equal(setAside(sound, true), undefined);
    assert.deepEqual(
      readdirSync(dirname(sound)).filter((name) => name.includes('damaged') || name.includes('lock')),
      [],
    );
  });

  it('is left where it is when a lock that nobody holds cannot be removed', () => {
    const { path, bytes } = randomFile();
    mkdirSync(`${path}.lock`);
    writeFileSync(`${path}.lock/file`, '');
    utimesSync(`${path}.lock`, new Date(0), new Date(0));
    assert.throws(
      () => setAside(path, false),
      (error) =>
        isAppError(error, 'unavailable') &&
        error.storeFault === 'other' &&
        error.message ===
          `The damaged store cannot be set aside until “${basename(path)}.lock” beside it is removed, which failed.`,
    );
    assert.deepEqual(readFileSync(path), bytes);
  });

  it('that another window replaced is left for the fresh one', () => {
    const { path } = randomFile();
    const first = openHost(path);
    first.host.call('addTenant', [contoso]);
    for (const suffix of ['', '-wal', '-shm']) renameSync(path + suffix, `${path}.damaged${suffix}`);
    const second = openHost(path);
    second.host.call('addTenant', [{ ...contoso, id: 'fabrikam' }]);
    first.host.call('addTenant', [{ ...contoso, id: 'northwind' }]);
    assert.deepEqual(
      openReader(path)
        .tenants()
        .map(({ id }) => id),
      ['fabrikam', 'northwind'],
    );
  });
});
