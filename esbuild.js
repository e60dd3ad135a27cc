/**
 * Bundles the extension into dist/, or with --tests the host tests into dist-test/host/. How, is in build/.
 *
 * node esbuild.js [--tests] [--watch] [--production] [--sizes]
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { context } from 'esbuild';
import { extensionBundle, hostTestsBundle, pageBundle, workerBundle } from './build/bundles.ts';
import { thirdPartyNotices } from './build/notices.ts';
import { root } from './build/project.ts';
import { printSizes } from './build/sizes.ts';
import { writeChanged } from './build/writeChanged.ts';

const has = (flag) => process.argv.includes(flag);
const mode = { minify: has('--production') || has('--sizes') };
const mapsFolder = has('--production') ? 'dist-maps' : undefined;

const written = (options, folder, owns) => ({
  ...options,
  plugins: [...(options.plugins ?? []), writeChanged({ folder, owns, mapsFolder })],
});

const notices = 'ThirdPartyNotices.txt';
const isWorker = (name) => /^(worker|exportWorker)\.js/.test(name);
const isPage = (name) => /^report\.(js|css)/.test(name);
const isExtension = (name) => !isWorker(name) && !isPage(name) && name !== notices;

const bundles = has('--tests')
  ? [written(hostTestsBundle(mode), 'dist-test/host', (name) => name.includes('.'))]
  : [
      written(extensionBundle(mode), 'dist', isExtension),
      written(workerBundle(mode), 'dist', isWorker),
      written(pageBundle(mode), 'dist', isPage),
    ];

const contexts = await Promise.all(bundles.map((bundle) => context(bundle)));
if (has('--watch')) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  const results = await Promise.allSettled(contexts.map((each) => each.rebuild()));
  await Promise.all(contexts.map((each) => each.dispose()));
  const failed = results.some((result) => result.status === 'rejected');
  if (failed) process.exitCode = 1;
  else tell(Object.assign({}, ...results.map((result) => result.value.metafile.outputs)));
}

function tell(outputs) {
  if (has('--sizes')) printSizes(outputs);
  if (!has('--tests')) writeFileSync(join(root, 'dist', notices), thirdPartyNotices(outputs));
}
