import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError } from '../../../src/core/errors.ts';
import { exportInThread, type GrantsToExport } from '../../../src/export/exportThread.ts';
import { fileProblem } from '../../../src/export/fileProblem.ts';
import { formats } from '../../../src/export/formats/formats.ts';
import type { HeadFacts } from '../../../src/export/writeExport.ts';
import { translate } from '../../support/fakeCommandDeps.ts';
import { emptyFolder, exportHere, storeOfTwo } from '../export/fixture.ts';
import { contosoWith, group, groupsOf, member, storePath } from '../store/fixture.ts';
import { mountSmallDisk } from '../store/smallDisk.ts';

const workerUrl = new URL('../../../src/worker/exportWorker.ts', import.meta.url);
const never = new AbortController().signal;

function grantsTo(path: string, extension: string, more: Partial<GrantsToExport> = {}): GrantsToExport {
  const targets = [{ tenantId: 'contoso' }];
  return { targets, extension, path, summarize: () => 'In words.', onProgress: () => undefined, ...more };
}

/** A store with so many grants. */
function storeOf(grants: number): string {
  const { path, load } = contosoWith();
  load(groupsOf('contoso'), {
    groups: [group('g', { members: Array.from({ length: grants }, (_, at) => member(`m${at}`)) })],
  });
  return path;
}

describe('the thread that exports', function () {
  this.timeout(30_000);

  it('writes every format as it is written without it', async () => {
    const storeFile = storeOfTwo();
    const folder = emptyFolder();
    // The time of an export is told in it.
    const contentOf = (path: string) => readFileSync(path, 'latin1').replaceAll(/"exportedAt":"[^"]*"/g, '');
    for (const { extension } of formats) {
      const [thread, here] = [join(folder, `thread.${extension}`), join(folder, `here.${extension}`)];
      const heads: HeadFacts[] = [];
      const summarize = async (head: HeadFacts) => {
        heads.push(head);
        return `In words ${'ü'.repeat(heads.length)}.`;
      };
      const done = await exportInThread(
        { workerUrl, storePath: storeFile },
        grantsTo(thread, extension, { summarize }),
        never,
      );
      assert.deepEqual(done, { rows: 2, isComplete: false });
      assert.deepEqual(heads[0]?.scope[0]?.memberLists, { denied: 1, complete: 1, notLoaded: 1 });
      await exportHere(storeFile, grantsTo(here, extension, { summarize: () => 'In words ü.' }), never);
      assert.equal(contentOf(thread), contentOf(here), extension);
    }
    assert.equal(readdirSync(folder).length, 2 * formats.length);
  });

  it('tells how far it is', async () => {
    const told: [number, number][] = [];
    const onProgress = (...far: [number, number]) => void told.push(far);
    const path = join(emptyFolder(), 'out.csv');
    await exportInThread({ workerUrl, storePath: storeOf(1200) }, grantsTo(path, 'csv', { onProgress }), never);
    assert.deepEqual(told, [
      [500, 1200],
      [1000, 1200],
      [1200, 1200],
    ]);
  });

  it('can be cancelled, and leaves what was there', async () => {
    const storeFile = storeOf(50_000);
    for (const before of [undefined, 'as it was']) {
      const folder = emptyFolder();
      const path = join(folder, 'out.csv');
      if (before !== undefined) writeFileSync(path, before);
      const controller = new AbortController();
      const grants = grantsTo(path, 'csv', { onProgress: () => controller.abort() });
      await assert.rejects(exportInThread({ workerUrl, storePath: storeFile }, grants, controller.signal), (error) =>
        isAppError(error, 'cancelled'),
      );
      assert.deepEqual(readdirSync(folder), before === undefined ? [] : ['out.csv']);
      if (before !== undefined) assert.equal(readFileSync(path, 'utf8'), before);
    }
  });

  it('is not begun when it was cancelled before', async () => {
    const folder = emptyFolder();
    const grants = grantsTo(join(folder, 'out.csv'), 'csv');
    const none = { workerUrl: new URL('file:///none.js'), storePath: '' };
    await assert.rejects(exportInThread(none, grants, AbortSignal.abort()), (error) => isAppError(error, 'cancelled'));
    assert.deepEqual(readdirSync(folder), []);
  });

  it('passes on why it failed', async () => {
    const folder = emptyFolder();
    const grants = grantsTo(join(folder, 'out.csv'), 'csv');
    const storeFile = storeOfTwo();
    const failing = (path: string, more: Partial<GrantsToExport>) =>
      exportInThread({ workerUrl, storePath: path }, { ...grants, ...more }, never);
    const isGone = (error: unknown) => isAppError(error, 'notFound');
    await assert.rejects(failing(storeFile, { targets: [{ tenantId: 'contoso', groupId: 'x' }] }), isGone);
    await assert.rejects(failing(storePath(), {}), (error) => isAppError(error, 'unavailable'));
    const summarize = () => Promise.reject(new Error('No words.'));
    await assert.rejects(failing(storeFile, { summarize }), { message: 'No words.' });
    await assert.rejects(failing(storeFile, { path: join(folder, 'none', 'out.csv') }), (error) => {
      assert.match(fileProblem(translate, error) ?? '', /folder is not there/);
      return true;
    });
    assert.deepEqual(readdirSync(folder), []);
  });

  it('leaves nothing on a disk that is full, and says so', async function () {
    const disk = mountSmallDisk(1);
    if (!disk) return this.skip();
    const grants = grantsTo(join(disk.folder, 'out.csv'), 'csv');
    await assert.rejects(exportInThread({ workerUrl, storePath: storeOf(20_000) }, grants, never), (error) => {
      assert.match(fileProblem(translate, error) ?? '', /The disk is full/);
      return true;
    });
    assert.deepEqual(readdirSync(disk.folder), []);
  });

  for (const [how, script] of [
    ['ends', 'process.exit(3)'],
    ['throws', "throw new Error('Out of sorts.')"],
    ['runs out of memory', 'const held = []; for (;;) held.push(new Array(100_000).fill(held.length + 0.5))'],
  ] as const)
    it(`that ${how} half-way is told, and leaves no half file`, async () => {
      const folder = emptyFolder();
      const workerFile = join(emptyFolder(), 'crash.mjs');
      writeFileSync(
        workerFile,
        `import { writeFileSync } from 'node:fs';
         import { workerData } from 'node:worker_threads';
         writeFileSync(workerData.place.draft, 'half');
         setImmediate(() => { ${script} });`,
      );
      const options = { workerUrl: new URL(`file://${workerFile}`), storePath: storeOfTwo() };
      await assert.rejects(exportInThread(options, grantsTo(join(folder, 'out.csv'), 'csv'), never), (error) => {
        assert.match(fileProblem(translate, error) ?? '', /not written\. The log says more/);
        return true;
      });
      assert.deepEqual(readdirSync(folder), []);
    });
});
