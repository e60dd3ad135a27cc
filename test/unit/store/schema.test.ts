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
import { contoso, contosoGroups, contosoWith, group, openReader, openWriter, storePath } from './fixture.ts';

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

  /** One with a group, as a version wrote it. */
  function storeWithGroup(version: number): string {
    const path = storePath();
    mkdirSync(dirname(path));
    const db = new DatabaseSync(path);
    for (const step of migrations.slice(0, version)) {
      if (typeof step === 'string') db.exec(step);
      else step(db);
    }
    db.exec(`INSERT INTO tenant (id, provider, name, connection) VALUES ('contoso', 'test', 'Contoso',
        '{"provider":"test","name":"Contoso","signIn":"accessToken"}');
      INSERT INTO grp (tenant, id, name, sort_key, folded, kind, shape, rest, gen, pos)
        VALUES (1, 'g', 'Çelik Étude', 'celik etude', 'celik etude', 1, 1, '[]', 1, 0);
      PRAGMA user_version = ${version}`);
    // As that version did it beside.
    if (version > 9) db.exec("INSERT INTO group_start (rowid, text) VALUES (1, 'c ce e et')");
    db.close();
    openForWriting(path).db.close();
    return path;
  }

  async function groupsFound(path: string, text: string): Promise<string[]> {
    const names: string[] = [];
    for await (const { groups = [] } of openReader(path).find(text)) names.push(...groups.map(({ name }) => name));
    return names;
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
    assert.deepEqual(await groupsFound(storeWithGroup(9), 'ét'), ['Çelik Étude']);
  });

  it('has its groups found by parts of their names, and those that come later, and those that are renamed', async () => {
    const path = storeWithGroup(10);
    assert.deepEqual(await groupsFound(path, 'tude'), ['Çelik Étude']);
    const groups = [group('g', { name: 'Altitudes' }), group('h', { name: 'Attitude' })];
    const { sql, load } = openWriter(path);
    load(contosoGroups, { groups });
    assert.deepEqual(sql.all("SELECT rowid FROM group_part WHERE group_part MATCH 'cel'"), []);
    assert.deepEqual((await groupsFound(path, 'titude')).toSorted(), ['Altitudes', 'Attitude']);
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
