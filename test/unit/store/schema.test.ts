import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isAppError } from '../../../src/core/errors.ts';
import { migrations } from '../../../src/store/migrations.ts';
import { openForWriting } from '../../../src/store/open.ts';
import { openForReading } from '../../../src/store/openForReading.ts';
import { currentVersion, storeVersion } from '../../../src/store/version.ts';
import { createWriterHost } from '../../../src/store/writerHost.ts';
import { startCore } from '../../support/core.ts';
import { contoso, contosoWith, openReader, storePath } from './fixture.ts';

describe("the store's file", () => {
  it('is of the current version, in WAL mode, with foreign keys', () => {
    const { sql } = contosoWith();
    assert.equal(storeVersion(sql.db), currentVersion);
    assert.equal(sql.get<{ journal_mode: string }>('PRAGMA journal_mode')?.journal_mode, 'wal');
    assert.equal(sql.get<{ foreign_keys: number }>('PRAGMA foreign_keys')?.foreign_keys, 1);
  });

  it('has as many versions as there are migrations', () => {
    assert.equal(currentVersion, migrations.length);
  });

  it('may be opened again, and is not made anew', () => {
    const { writer, path } = contosoWith();
    writer.close();
    openForWriting(path).db.close();
    assert.deepEqual(openReader(path).tenants(), [contoso]);
  });

  it('is migrated from an empty file', () => {
    const path = storePath();
    mkdirSync(dirname(path));
    new DatabaseSync(path).close();
    assert.equal(openForReading(path), undefined);
    const { db } = openForWriting(path);
    assert.equal(storeVersion(db), currentVersion);
    db.close();
  });

  it("is the user's alone", function () {
    if (process.platform === 'win32') this.skip();
    const path = storePath();
    mkdirSync(dirname(path), { mode: 0o755 });
    chmodSync(dirname(path), 0o755);
    const { db } = openForWriting(path);
    const mode = (file: string): number => statSync(file).mode & 0o777;
    assert.deepEqual([path, `${path}-wal`, `${path}-shm`, dirname(path)].map(mode), [0o600, 0o600, 0o600, 0o700]);
    db.close();
  });

  it('of a newer version is read, and not written', () => {
    const { writer, sql, path } = contosoWith('g');
    sql.db.exec(`ALTER TABLE tenant ADD COLUMN colour TEXT; PRAGMA user_version = ${currentVersion + 1}`);
    writer.close();
    const host = createWriterHost({ path, decoders: {}, firstLoadId: 1, onDamaged: assert.fail });
    assert.deepEqual(host.open(), { isNewer: true });
    const isConflict = (error: unknown): boolean => isAppError(error, 'conflict');
    assert.throws(() => host.call('removeTenant', ['contoso']), isConflict);
    assert.throws(() => host.call('spend', ['b', []]), isConflict);
    assert.throws(() => host.call('forgetOlderThan', ['2030-01-01T00:00:00.000Z']), isConflict);
    host.call('close', []);
    const reader = openReader(path);
    assert.deepEqual(reader.tenants(), [contoso]);
    assert.equal(reader.status(), 'newer');
    assert.equal(reader.countGroups('contoso'), 1);
  });
});

describe('a store of an older version', () => {
  /** As the version before wrote it: without what the last step adds. */
  function olderStore(): string {
    const path = storePath();
    mkdirSync(dirname(path));
    const db = new DatabaseSync(path);
    const [first] = migrations;
    assert.ok(typeof first === 'string');
    db.exec(first);
    db.exec(`INSERT INTO tenant (id, provider, name, connection) VALUES ('contoso', 'test', 'Contoso',
      '{"provider":"test","name":"Contoso","signIn":"accessToken"}'); PRAGMA user_version = 1`);
    db.close();
    return path;
  }

  it('is not read before it is brought up to date', () => {
    const path = olderStore();
    const reader = openReader(path);
    assert.deepEqual([reader.tenants(), reader.status()], [[], 'older']);
    openForWriting(path).db.close();
    assert.deepEqual(
      reader.tenants().map(({ name }) => name),
      ['Contoso'],
    );
    assert.equal(reader.status(), 'ready');
    assert.deepEqual(reader.takeChanges(), [{ tenantId: 'contoso' }]);
  });

  it('has its groups found by the beginnings of their words', async () => {
    const { path, sql } = contosoWith('g');
    sql.db.exec(`UPDATE grp SET name = 'Çelik Étude', folded = 'celik etude'; DROP TABLE group_start;
      DROP TRIGGER grp_unstarted; PRAGMA user_version = ${currentVersion - 1}`);
    sql.db.close();
    openForWriting(path).db.close();
    const names: string[] = [];
    for await (const { groups = [] } of openReader(path).find('ét')) names.push(...groups.map(({ name }) => name));
    assert.deepEqual(names, ['Çelik Étude']);
  });

  it('is up to date when the API answers', async () => {
    const path = olderStore();
    renameSync(path, join(dirname(path), 'tenants.sqlite'));
    const core = startCore({ folder: dirname(path) });
    try {
      const [tenant] = await core.api.tenants();
      assert.equal(tenant?.id, 'contoso');
    } finally {
      await core.close();
    }
  });
});
