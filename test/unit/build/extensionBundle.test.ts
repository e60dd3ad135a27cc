import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { extensionBundle } from '../../../build/bundles.ts';
import { codeOf, loadedWith, type Outputs } from '../../../build/chunks.ts';

describe('the bundle of the extension', () => {
  let outputs: Outputs;

  before(async function () {
    // All sources, twice.
    this.timeout(60_000);
    const { metafile } = await build({ ...extensionBundle({ minify: true }), logLevel: 'error' });
    outputs = metafile?.outputs ?? {};
  });

  it('holds every module once', () => {
    const filesOf = new Map<string, string[]>();
    for (const path of codeOf(outputs)) {
      for (const [module, { bytesInOutput }] of Object.entries(outputs[path]?.inputs ?? {}))
        if (bytesInOutput > 0) filesOf.set(module, [...(filesOf.get(module) ?? []), path]);
    }
    assert.ok(filesOf.has('src/extension.ts') && filesOf.size > 300, `${filesOf.size} modules`);
    assert.deepEqual(
      [...filesOf].filter(([, files]) => files.length > 1),
      [],
    );
  });

  it('has no file that imports itself by way of others', () => {
    const importsOf = (path: string) =>
      (outputs[path]?.imports ?? []).flatMap(({ kind, path: to }) =>
        kind === 'import-statement' && to in outputs ? [to] : [],
      );
    assert.ok(codeOf(outputs).some((path) => importsOf(path).length > 1));
    const cyclic = codeOf(outputs).filter((path) => importsOf(path).some((to) => loadedWith(outputs, to).has(path)));
    assert.deepEqual(cyclic, []);
  });

  it('loads one file at first', () => {
    assert.deepEqual([...loadedWith(outputs, 'dist/extension.js')], ['dist/extension.js']);
  });
});
