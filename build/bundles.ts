import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { root } from './project.ts';
import { regroup } from './regroup.ts';
import { banner } from './requireBanner.ts';

export interface Mode {
  readonly minify: boolean;
}

const common = ({ minify }: Mode) =>
  ({
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    // Modules before CommonJS: only what is used of them is bundled.
    mainFields: ['module', 'main'],
    target: 'node22',
    external: ['vscode'],
    minify,
    sourcemap: 'linked',
    legalComments: 'none',
    logLevel: 'info',
    logOverride: { 'empty-import-meta': 'error' },
    metafile: true,
    write: false,
    outdir: 'dist',
  }) satisfies BuildOptions;

/** The extension: what activation loads in one file, and all else in files that are loaded when they are wanted. */
export const extensionBundle = (mode: Mode): BuildOptions => ({
  ...common(mode),
  entryPoints: ['src/extension.ts'],
  splitting: true,
  // They lie beside the entry point, so that `new URL('./worker.js', import.meta.url)` holds in each of them.
  chunkNames: '[name]-[hash]',
  plugins: [regroup('dist/extension.js', { banner })],
});

/** The threads: each has modules of its own, whatever the extension has loaded. */
export const workerBundle = (mode: Mode): BuildOptions => ({
  ...common(mode),
  entryPoints: ['src/worker/worker.ts', 'src/worker/exportWorker.ts'],
  banner,
});

/** The report's page: one script and one style sheet, which a saved report holds, too. */
export const pageBundle = (mode: Mode): BuildOptions => ({
  ...common(mode),
  entryPoints: [
    { in: 'src/report/page/main.ts', out: 'report' },
    { in: 'src/report/page/report.css', out: 'report' },
  ],
  format: 'iife',
  platform: 'browser',
  target: ['chrome120', 'firefox120', 'safari17'],
  // A saved report has no map beside it.
  sourcemap: 'external',
});

export const hostTestsBundle = (mode: Mode): BuildOptions => ({
  ...common(mode),
  entryPoints: readdirSync(join(root, 'test/host'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path === 'index.ts' || path === 'windowDriver.ts' || path.endsWith('.test.ts'))
    .map((path) => join('test/host', path)),
  outbase: 'test/host',
  outdir: 'dist-test/host',
  splitting: true,
  // Mocha and the servers that tests start are loaded from node_modules.
  packages: 'external',
  banner,
});
