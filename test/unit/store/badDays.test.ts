import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isAppError } from '../../../src/core/errors.ts';
import { isBusy, toStoreError } from '../../../src/store/storeError.ts';
import { createWriterHost, type WriterHost } from '../../../src/store/writerHost.ts';
import {
  afterTest,
  contoso,
  contosoGroups,
  contosoWith,
  firstPage,
  group,
  integrity,
  member,
  membersOf,
  openReader,
  openWriter,
  storePath,
} from './fixture.ts';
import { mountSmallDisk } from './smallDisk.ts';

const members = membersOf('contoso', 'g');
const isUnavailable =
  (words: RegExp) =>
  (error: unknown): boolean =>
    isAppError(toStoreError(error), 'unavailable') && words.test((toStoreError(error) as Error).message);
const isFull = isUnavailable(/disk is full: make room/);
const isReadOnly = isUnavailable(/may only be read: allow writing/);

/** Rows that fill a disk soon. */
const manyRows = (page: number) => ({
  members: Array.from({ length: 200 }, (_, i) => member(`${page}-${i}`, { details: { text: 'x'.repeat(2000) } })),
});

function openHost(path: string): WriterHost {
  const host = createWriterHost({ path, decoders: {}, firstLoadId: 1, onDamaged: assert.fail });
  afterTest(() => host.call('close', []));
  return host;
}

function loadWith(host: WriterHost, ...ids: string[]) {
  const id = host.call('begin', [members]);
  host.call('rows', [id, { members: ids.map((memberId) => member(memberId)) }]);
  return host.call('end', [id, {}]);
}

/** A store on a disk, with one complete listing. */
function prepare(path: string): void {
  const { writer, load } = openWriter(path);
  writer.addTenant(contoso);
  load(contosoGroups, { groups: [group('g')] });
  load(members, { members: [member('kept')] });
  writer.close();
}

describe('a full disk', () => {
  it('ends a write with words that say what to do, and writing goes on when there is room', () => {
    const { writer, load, page, path, sql } = contosoWith('g');
    const complete = load(members, { members: [member('kept')] });
    const id = writer.begin(members);
    sql.db.exec('PRAGMA max_page_count = 100');
    assert.throws(() => {
      for (let i = 0; i < 100; i++) page(id, manyRows(i));
    }, isFull);
    const reader = openReader(path);
    assert.deepEqual(reader.completeness(contosoGroups).state, 'complete');
    assert.equal(reader.member('contoso', 'g', 'kept')?.name, 'Name of kept');
    assert.equal(integrity(sql), 'ok');
    sql.db.exec('PRAGMA max_page_count = 1000000');
    page(id, { members: [member('kept'), member('late')] });
    const ended = writer.end(id, { error: { kind: 'unavailable', message: 'Full.' } });
    assert.deepEqual([ended.state, ended.asOf], ['partial', complete.asOf]);
    assert.equal(load(members, { members: [member('kept')] }).count, 1);
  });

  it('is the same on a disk that is really full', function () {
    this.timeout(20_000);
    const disk = mountSmallDisk(4);
    if (!disk) this.skip();
    const path = join(disk.folder, 'store', 'store.db');
    prepare(path);
    const host = openHost(path);
    const reader = openReader(path);
    const filler = join(disk.folder, 'filler');
    writeFileSync(filler, Buffer.alloc(1 << 20));
    const id = host.call('begin', [members]);
    assert.throws(() => {
      for (let i = 0; i < 100; i++) host.call('rows', [id, manyRows(i)]);
    }, isFull);
    try {
      writeFileSync(join(disk.folder, 'rest'), Buffer.alloc(4 << 20));
    } catch {
      // Not one byte is left.
    }
    for (let i = 0; i < 3; i++) {
      assert.throws(() => {
        for (let n = 0; n < 1000; n++) host.call('updateTenant', ['contoso', { name: 'x'.repeat(100_000) + n }]);
      }, isFull);
    }
    assert.equal(reader.member('contoso', 'g', 'kept')?.name, 'Name of kept');
    assert.equal(openReader(path).completeness(contosoGroups).state, 'complete');
    assert.notEqual(reader.completeness(members).state, 'notLoaded');
    for (const file of [filler, join(disk.folder, 'rest')]) rmSync(file);
    host.call('rows', [id, { members: [member('late')] }]);
    assert.equal(host.call('end', [id, {}]).state, 'complete');
    assert.equal(loadWith(host, 'kept', 'more').count, 2);
    assert.equal(integrity(openWriter(path).sql), 'ok');
  });

  it('on which no store can be made is told, and one is made when there is room', function () {
    const disk = mountSmallDisk(1);
    if (!disk) this.skip();
    const filler = join(disk.folder, 'filler');
    assert.throws(() => writeFileSync(filler, Buffer.alloc(2 << 20)));
    const path = join(disk.folder, 'store', 'store.db');
    const host = openHost(path);
    assert.throws(() => host.open(), isFull);
    assert.deepEqual(openReader(path).tenants(), []);
    rmSync(filler);
    host.call('addTenant', [contoso]);
    assert.deepEqual(openReader(path).tenants(), [contoso]);
  });
});

describe('a store that another window holds for itself', () => {
  it('is told as busy by who cannot wait for it', () => {
    const path = storePath();
    mkdirSync(dirname(path));
    const holder = new DatabaseSync(path);
    holder.exec('CREATE TABLE t (x); BEGIN EXCLUSIVE');
    const other = new DatabaseSync(path, { readOnly: true });
    afterTest(() => {
      other.close();
      holder.close();
    });
    assert.throws(
      () => other.prepare('SELECT count(*) FROM t'),
      (error) => isBusy(error) && isBusy(toStoreError(error)),
    );
  });
});

describe('storage that may only be read', () => {
  it('shows what a closed store holds, and writing goes on when it is allowed again', function () {
    const disk = mountSmallDisk(8);
    if (!disk) this.skip();
    const path = join(disk.folder, 'store', 'store.db');
    prepare(path);
    disk.makeReadOnly();
    const host = openHost(path);
    assert.throws(() => host.open(), isReadOnly);
    assert.throws(() => host.call('removeTenant', ['contoso']), isReadOnly);
    const reader = openReader(path);
    assert.equal(reader.status(), 'ready');
    assert.equal(reader.members('contoso', 'g', firstPage).length, 1);
    assert.deepEqual(reader.takeChanges(), []);
    disk.makeWritable();
    assert.equal(loadWith(host, 'kept', 'more').state, 'complete');
    assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso' }]);
    assert.equal(reader.members('contoso', 'g', firstPage).length, 2);
    loadWith(host, 'kept');
    assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso', groupId: 'g' }]);
  });

  it('that becomes so while the store is open is told, and goes on without a restart', function () {
    const disk = mountSmallDisk(8);
    if (!disk) this.skip();
    const path = join(disk.folder, 'store', 'store.db');
    prepare(path);
    // Files that are open for writing keep a disk writable; those of a store that was left behind do not.
    const left = openWriter(path);
    left.writer.updateTenant('contoso', { name: 'Contoso Ltd' });
    const copy = join(disk.folder, 'copy', 'store.db');
    mkdirSync(dirname(copy));
    for (const suffix of ['', '-wal', '-shm']) copyFileSync(path + suffix, copy + suffix);
    left.writer.close();
    disk.makeReadOnly();
    const host = openHost(copy);
    const reader = openReader(copy);
    assert.throws(() => host.call('updateTenant', ['contoso', { name: 'No' }]), isReadOnly);
    assert.equal(reader.tenant('contoso')?.name, 'Contoso Ltd');
    reader.close();
    disk.makeWritable();
    host.call('updateTenant', ['contoso', { name: 'Yes' }]);
    assert.equal(openReader(copy).tenant('contoso')?.name, 'Yes');
  });

  it('says so where a store was not closed and cannot be read as it is', function () {
    const disk = mountSmallDisk(8);
    if (!disk) this.skip();
    const path = join(disk.folder, 'store', 'store.db');
    const open = openWriter(path);
    open.writer.addTenant(contoso);
    const copy = join(disk.folder, 'copy.db');
    for (const suffix of ['', '-wal']) copyFileSync(path + suffix, copy + suffix);
    open.writer.close();
    disk.makeReadOnly();
    const reader = openReader(copy);
    assert.throws(() => reader.tenants(), isReadOnly);
    disk.makeWritable();
    assert.deepEqual(reader.tenants(), [contoso]);
  });

  it('cannot hold a store that was never made', function () {
    const disk = mountSmallDisk(1);
    if (!disk) this.skip();
    disk.makeReadOnly();
    const path = join(disk.folder, 'store', 'store.db');
    assert.throws(() => openHost(path).open(), isReadOnly);
    assert.deepEqual(openReader(path).tenants(), []);
  });

  it('is told in our words whatever call of the file system says so', () => {
    const error = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'mkdir' });
    assert.ok(isReadOnly(error('EROFS')));
    assert.ok(isReadOnly(error('EACCES')));
    assert.ok(isFull(error('ENOSPC')));
    assert.ok(isAppError(toStoreError(error('EMFILE')), 'unavailable'));
    const other = new Error('x');
    assert.equal(toStoreError(other), other);
    assert.equal(isBusy(other), false);
    assert.equal(isBusy(toStoreError(error('EROFS'))), false);
  });
});
