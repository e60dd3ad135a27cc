import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build, type OutputFile } from 'esbuild';
import { regroup } from '../../../build/regroup.ts';
import { makeTemporaryFolder, projectFolder, removeFolder } from '../../support/folders.ts';

/** More than is small. */
const long = `export const text = '${'x'.repeat(5000)}';`;

/** A program that loads, when it is wanted, files that share modules with it and with each other. */
const sources: Readonly<Record<string, string>> = {
  'main.js': `
    import { counter } from './counter.js';
    counter.count += 1;
    void run();
    async function run() {
      const [a, b, same, large, fault] = await Promise.all([
        import('./a.js'), import('./b.js'), import('./same.js'), import('./large.js'), import('./fault.js'),
      ]);
      const trace = await fault.fail().catch((error) => error.stack);
      console.log(JSON.stringify({
        counts: [counter.count, a.count(), b.count(), large.count()],
        isOneClass: a.make() instanceof b.Shared,
        names: [a.name(), same.name(), large.default],
        place: /(\\w+\\.js):(\\d+)/.exec(trace).slice(1),
      }));
    }`,
  'counter.js': 'export const counter = { count: 0 };',
  'shared.js': 'export class Shared {}',
  'a.js': `
    import { counter } from './counter.js';
    import { Shared } from './shared.js';
    export const count = () => counter.count;
    export const make = () => new Shared();
    export const name = () => 'a';`,
  'b.js': `
    import { counter } from './counter.js';
    export { Shared } from './shared.js';
    export const count = () => counter.count;`,
  'same.js': "export const name = () => 'same';",
  'large.js': `
    import { counter } from './counter.js';
    ${long}
    export const count = () => counter.count;
    export default 'large';`,
  'fault.js': `
    import { Shared } from './shared.js';

    export async function fail() {
      throw Object.assign(new Error('fault'), { shared: new Shared() });
    }`,
};

describe('regroup', () => {
  let folder: string;
  let files: ReadonlyMap<string, OutputFile>;

  before(async () => {
    folder = makeTemporaryFolder();
    for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
    const { outputFiles = [] } = await build({
      entryPoints: [join(folder, 'main.js')],
      absWorkingDir: projectFolder,
      outdir: 'dist-test/regroup',
      ...{ bundle: true, splitting: true, minify: true, write: false, metafile: true, format: 'esm', platform: 'node' },
      ...{ sourcemap: 'linked', chunkNames: '[name]-[hash]', logLevel: 'error' },
      plugins: [regroup('dist-test/regroup/main.js', {})],
    });
    files = new Map(outputFiles.map((file) => [basename(file.path), file]));
    mkdirSync(join(folder, 'out'));
    for (const [name, { contents }] of files) writeFileSync(join(folder, 'out', name), contents);
  });
  after(() => removeFolder(folder));

  it('leaves one file of what is loaded at first, and one of what is small and has no name twice', () => {
    const names = [...files.keys()].filter((name) => name.endsWith('.js')).map((name) => name.replace(/-\w+/, ''));
    assert.deepEqual(names.toSorted(), ['a.js', 'large.js', 'main.js', 'shared.js']);
  });

  it('runs as the sources do, and leads back to them', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--enable-source-maps',
      join(folder, 'out/main.js'),
    ]);
    assert.deepEqual(JSON.parse(stdout), {
      counts: [1, 1, 1, 1],
      isOneClass: true,
      names: ['a', 'same', 'large'],
      place: ['fault.js', '5'],
    });
  });
});
