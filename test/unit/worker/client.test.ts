import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isAppError } from '../../../src/core/errors.ts';
import { createStoreWriter, type StoreWriterClient } from '../../../src/store/client.ts';
import {
  contoso,
  contosoGroups,
  group,
  member,
  membersOf,
  openReader,
  openWriter,
  pageBytes,
  request,
  storePath,
} from '../store/fixture.ts';

const workerUrl = new URL('testWorker.ts', import.meta.url);

describe("the store's worker", function () {
  this.timeout(30_000);
  const clients: StoreWriterClient[] = [];

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  function client(path: string, onDamaged?: (keptPath: string) => void): StoreWriterClient {
    const created = createStoreWriter({ workerUrl, path, ...(onDamaged ? { onDamaged } : {}) });
    clients.push(created);
    return created;
  }

  it('carries out a load, call by call', async () => {
    const path = storePath();
    const writer = client(path);
    assert.deepEqual(await writer.open(), { isNewer: false });
    await writer.addTenant(contoso);
    const load = await writer.begin(contosoGroups);
    const next = { ...request, url: 'https://service.example/2' };
    const first = await writer.page(
      load,
      'test',
      request,
      pageBytes({ groups: [group('g', { members: [member('a')] })], next }),
    );
    assert.deepEqual(first, { received: 1, unresolved: 0, next });
    assert.deepEqual(await writer.rows(load, { groups: [group('h')] }), { received: 2, unresolved: 0 });
    assert.equal((await writer.end(load, {})).state, 'complete');
    const reader = openReader(path);
    assert.equal(reader.countGroups('contoso'), 2);
    assert.equal(reader.member('contoso', 'g', 'a')?.name, 'Name of a');
  });

  it('shares budgets, forgets and removes', async () => {
    const path = storePath();
    const writer = client(path);
    await writer.addTenant(contoso);
    const limits = [{ most: 1, within: 3_600_000 }];
    assert.deepEqual(await writer.spend('b', limits), {});
    assert.ok((await writer.spend('b', limits)).waitUntil);
    await writer.exhaust('c', '2999-01-01T00:00:00.000Z');
    assert.deepEqual(await client(path).spend('c', limits), { waitUntil: '2999-01-01T00:00:00.000Z' });
    const reader = openReader(path);
    for (const forget of [
      () => writer.removeRows('contoso'),
      () => writer.removeAllRows(),
      () => writer.forgetOlderThan('2999-01-01T00:00:00.000Z'),
    ]) {
      const load = await writer.begin(contosoGroups);
      await writer.rows(load, { groups: [group('g', { members: [member('a')] })] });
      assert.equal((await writer.end(load, {})).state, 'complete');
      assert.equal(reader.countGroups('contoso'), 1);
      await forget();
      assert.equal(reader.countGroups('contoso'), 0);
    }
    assert.deepEqual(reader.tenants(), [contoso]);
  });

  it('carries out calls in order, without waiting for each', async () => {
    const path = storePath();
    const writer = client(path);
    const names = Array.from({ length: 50 }, (_, i) => `Contoso ${i}`);
    await Promise.all([writer.addTenant(contoso), ...names.map((name) => writer.updateTenant('contoso', { name }))]);
    assert.equal(openReader(path).tenant('contoso')?.name, 'Contoso 49');
  });

  it('is given a whole buffer, and a copy of part of one', async () => {
    const writer = client(storePath());
    await writer.addTenant(contoso);
    const load = await writer.begin(contosoGroups);
    const whole = pageBytes({ groups: [group('g')] });
    await writer.page(load, 'test', request, whole);
    assert.equal(whole.byteLength, 0);
    const pooled = Buffer.from(pageBytes({ groups: [group('h')] }));
    await writer.page(load, 'test', request, pooled);
    assert.match(pooled.toString(), /Group h/);
    assert.equal((await writer.end(load, {})).count, 2);
  });

  it('passes errors on as ours', async () => {
    const writer = client(storePath());
    await assert.rejects(writer.begin(contosoGroups), (error) => isAppError(error, 'notFound'));
    await writer.addTenant(contoso);
    const load = await writer.begin(contosoGroups);
    await assert.rejects(writer.page(load, 'test', request, new TextEncoder().encode('{')), (error) =>
      isAppError(error, 'badResponse'),
    );
    await assert.rejects(writer.rows(load, { groups: [group('g', { details: { f: () => 1 } })] }));
    assert.equal((await writer.end(load, {})).count, 0);
  });

  it('that dies rejects what is pending, leaves nothing complete, and is started again', async () => {
    const path = storePath();
    const writer = client(path);
    await writer.addTenant(contoso);
    let load = await writer.begin(contosoGroups);
    await writer.rows(load, { groups: [group('g')] });
    await writer.end(load, {});
    const members = membersOf('contoso', 'g');
    load = await writer.begin(members);
    await writer.rows(load, { members: [member('a')] });
    const isGone = (error: unknown): boolean => isAppError(error, 'unavailable');
    await Promise.all([
      assert.rejects(writer.page(load, 'crash', request, pageBytes({})), isGone),
      assert.rejects(writer.end(load, {}), isGone),
    ]);
    const reader = openReader(path);
    const { state, kind, reason, count } = reader.completeness(members);
    assert.deepEqual(
      { state, kind, reason, count },
      { state: 'partial', kind: 'cancelled', reason: 'The load did not finish.', count: 1 },
    );
    await assert.rejects(writer.end(load, {}), isGone);
    const again = await writer.begin(members);
    assert.notEqual(again, load);
    await writer.rows(again, { members: [member('b')] });
    assert.equal((await writer.end(again, {})).count, 1);
  });

  it('sets a damaged store aside and says so', async () => {
    const path = storePath();
    mkdirSync(dirname(path));
    writeFileSync(path, 'no database, and long enough to be looked at'.repeat(1000));
    const kept: string[] = [];
    await client(path, (keptPath) => kept.push(keptPath)).open();
    assert.equal(kept.length, 1);
    assert.match(kept[0] ?? '', /damaged/);
  });

  it('takes turns with other workers and with other writers of this thread', async () => {
    const path = storePath();
    const here = openWriter(path);
    here.writer.addTenant(contoso);
    here.load(contosoGroups, { groups: ['a', 'b', 'c'].map((id) => group(id)) });
    const writers = [client(path), client(path)];
    await Promise.all(
      writers.map(async (writer, number) => {
        for (let i = 0; i < 20; i++) {
          const load = await writer.begin(membersOf('contoso', ['a', 'b'][number] ?? ''));
          await writer.rows(load, { members: [member('shared'), member(`${number}-${i}`)] });
          assert.equal((await writer.end(load, {})).state, 'complete');
          here.load(membersOf('contoso', 'c'), { members: [member('shared'), member(`here-${number}-${i}`)] });
        }
      }),
    );
    const reader = openReader(path);
    for (const id of ['a', 'b', 'c']) assert.equal(reader.completeness(membersOf('contoso', id)).count, 2);
    assert.deepEqual(here.sql.get('PRAGMA integrity_check'), { __proto__: null, integrity_check: 'ok' });
    assert.equal(here.sql.all('SELECT DISTINCT principal FROM member').length, 4);
  });

  it('starts again after it was closed', async () => {
    const path = storePath();
    const writer = client(path);
    await writer.addTenant(contoso);
    await writer.close();
    await writer.updateTenant('contoso', { name: 'Contoso Ltd' });
    assert.equal(openReader(path).tenant('contoso')?.name, 'Contoso Ltd');
  });

  it('keeps a process for what is pending, and no longer', async () => {
    const path = storePath();
    const clientUrl = new URL('../../../src/store/client.ts', import.meta.url);
    const script = `
      import { createStoreWriter } from ${JSON.stringify(clientUrl.href)};
      const workerUrl = new URL(${JSON.stringify(workerUrl.href)});
      const writer = createStoreWriter({ workerUrl, path: ${JSON.stringify(path)} });
      writer.addTenant(${JSON.stringify(contoso)}).then(() => console.log('added'));`;
    mkdirSync(dirname(path));
    const file = join(dirname(path), 'script.mjs');
    writeFileSync(file, script);
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [code] = await once(child, 'close');
    assert.deepEqual([code, output], [0, 'added\n']);
    assert.deepEqual(openReader(path).tenants(), [contoso]);
  });
});
