/**
 * Bundles the extension into dist/, or with --tests the host tests into dist-test/host/.
 *
 * node esbuild.js [--tests] [--watch] [--production] [--sizes]
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { build, context } from 'esbuild';
import { thirdPartyNotices } from './esbuild.notices.js';

const root = import.meta.dirname;
const has = (flag) => process.argv.includes(flag);
const isPackaged = has('--production');

/**
 * Bundled CommonJS packages call `require` for Node's own modules; an ES module has none. In every chunk, so it is short;
 * no name that the minifier makes is as long as its name.
 */
const requireBanner =
  "import{createRequire as _makeRequire}from'node:module';const require=_makeRequire(import.meta.url);";

/** Takes the banner out of a bundle that has no use for it; its line stays, for the source map's sake. */
function withoutIdleBanner(file) {
  // Nor does what is packaged name a map that is not there.
  const text = isPackaged ? file.text.replace(/^\/\/# sourceMappingURL=.*\n/m, '') : file.text;
  if (!text.startsWith(requireBanner) || /\brequire\b/.test(text.slice(requireBanner.length))) return Buffer.from(text);
  return Buffer.from(text.slice(requireBanner.length));
}

const inProject = (path) => relative(root, path).replaceAll(sep, '/');

/**
 * Makes one file of all that activation loads: every file of an ES module is a round trip of the host's loader. The
 * chunks that lazy bundles share with it stay where those look for them, and only pass on what the one file exports.
 */
function gatherEager(entry) {
  return {
    name: 'gather-eager',
    setup(each) {
      each.onEnd(async (result) => {
        if (result.errors.length > 0) return;
        const { outputs } = result.metafile;
        const chunks = [...eagerOutputs(outputs, entry)].filter((path) => path !== entry);
        const files = new Map(result.outputFiles.map((file) => [inProject(file.path), file]));
        const lazy = [...files].filter(([path]) => /\.js$/.test(path) && path !== entry && !chunks.includes(path));
        const wanted = chunks.flatMap((path) => [...namesWanted(path, lazy)].map((name) => `${path} ${name}`));
        const exportsOf = (path) =>
          outputs[path].exports.flatMap((name) => {
            const index = wanted.indexOf(`${path} ${name}`);
            return index < 0 ? [] : [[name, letters(index)]];
          });
        const gathered = await gather(entry, chunks, exportsOf, files);
        for (const file of gathered.outputFiles) replaceContents(files.get(inProject(file.path)), file.contents);
        for (const path of chunks) {
          const names = exportsOf(path).map(([name, as]) => `${as} as ${name}`);
          replaceContents(files.get(path), Buffer.from(`export{${names}}from"./${basename(entry)}";\n`));
          files.delete(`${path}.map`);
          outputs[path].imports = [{ path: entry, kind: 'import-statement' }];
        }
        outputs[entry].imports = gathered.metafile.outputs[entry].imports;
        result.outputFiles = [...files.values()];
      });
    },
  };
}

/** What lazy bundles import of a chunk, by the statements that esbuild writes. */
function namesWanted(chunk, lazy) {
  const statement = new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*"\\./${basename(chunk)}"`, 'g');
  const lists = lazy.flatMap(([, { text }]) => [...text.matchAll(statement)].map(([, list]) => list.split(',')));
  return new Set(lists.flat().map((each) => each.trim().split(' ')[0]));
}

/** a, b … z, aa, ab …: as short as names can be, because all of them are loaded. */
function letters(index) {
  return (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));
}

function replaceContents(file, contents) {
  Object.defineProperty(file, 'contents', { value: contents });
  Object.defineProperty(file, 'text', { value: Buffer.from(contents).toString() });
}

/** The entry point with its chunks in it: what lazy bundles want of them is its own, under short names. */
function gather(entry, chunks, exportsOf, files) {
  const folder = dirname(join(root, entry));
  const source = (path) => {
    const map = Buffer.from(files.get(`${path}.map`).contents).toString('base64');
    const code = files.get(path).text.replace(requireBanner, '');
    return code.replace(/^\/\/# sourceMappingURL=.*$/m, `//# sourceMappingURL=data:application/json;base64,${map}`);
  };
  const reexports = chunks.map((path) => {
    const names = exportsOf(path).map(([name, as]) => `${name} as ${as}`);
    return `export{${names}}from"./${basename(path)}";`;
  });
  return build({
    ...common,
    logLevel: 'warning',
    stdin: {
      contents: [`export*from"./${basename(entry)}";`, ...reexports].join('\n'),
      resolveDir: folder,
      sourcefile: basename(entry),
    },
    outfile: entry,
    plugins: [
      {
        name: 'files-in-memory',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\// }, ({ path, kind }) => {
            const built = inProject(join(folder, path));
            const isEager = kind === 'import-statement' && (built === entry || chunks.includes(built));
            return isEager ? { path: join(folder, path), namespace: 'built' } : { path, external: true };
          });
          onLoad({ filter: /./, namespace: 'built' }, ({ path }) => ({
            contents: source(inProject(path)),
            resolveDir: folder,
          }));
        },
      },
    ],
  });
}

/**
 * Writes only what changed, and removes outputs of earlier builds afterwards: a second build of the same sources
 * never pulls files from under an extension host that is loading them.
 */
function writeChanged(outdir, keep) {
  return {
    name: 'write-changed',
    setup(build) {
      build.onEnd(({ outputFiles, errors, metafile }) => {
        if (errors.length > 0) return;
        mkdirSync(outdir, { recursive: true });
        for (const file of outputFiles) {
          if (isPackaged && file.path.endsWith('.map')) {
            writeApart(file);
            continue;
          }
          const contents = withoutIdleBanner(file);
          metafile.outputs[inProject(file.path)].bytes = contents.byteLength;
          if (readIfExists(file.path)?.equals(contents)) continue;
          mkdirSync(dirname(file.path), { recursive: true });
          writeFileSync(file.path, contents);
        }
        const written = outputFiles.filter(({ path }) => !isPackaged || !path.endsWith('.map'));
        const names = new Set(written.map((file) => basename(file.path)));
        for (const name of readdirSync(outdir)) {
          if (!names.has(name) && !keep(name)) rmSync(join(outdir, name), { recursive: true, force: true });
        }
      });
    },
  };
}

/** Maps of what is packaged stay here, to read traces of errors by. */
function writeApart(file) {
  mkdirSync(join(root, 'dist-maps'), { recursive: true });
  writeFileSync(join(root, 'dist-maps', basename(file.path)), file.contents);
}

function readIfExists(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

const common = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  // Modules before CommonJS: only what is used of them is bundled.
  mainFields: ['module', 'main'],
  target: 'node22',
  external: ['vscode'],
  minify: isPackaged || has('--sizes'),
  sourcemap: 'linked',
  legalComments: 'none',
  logLevel: 'info',
  logOverride: { 'empty-import-meta': 'error' },
  metafile: true,
  write: false,
  banner: { js: requireBanner },
  // Chunks lie beside the entry points, so that `new URL('./worker.js', import.meta.url)` holds in each of them.
  chunkNames: '[name]-[hash]',
};

const notices = 'ThirdPartyNotices.txt';
const isWorker = (name) => /^(worker|exportWorker)\.js/.test(name);
const isPage = (name) => /^report\.(js|css)/.test(name);
const extensionBuild = {
  ...common,
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  splitting: true,
  plugins: [
    gatherEager('dist/extension.js'),
    writeChanged(join(root, 'dist'), (name) => isWorker(name) || isPage(name) || name === notices),
  ],
};
/** The report's page: one script and one style sheet, which a saved report holds, too. */
const pageBuild = {
  ...common,
  entryPoints: [
    { in: 'src/report/page/main.ts', out: 'report' },
    { in: 'src/report/page/report.css', out: 'report' },
  ],
  outdir: 'dist',
  format: 'iife',
  platform: 'browser',
  target: ['chrome120', 'firefox120', 'safari17'],
  banner: {},
  // A saved report has no map beside it.
  sourcemap: 'external',
  plugins: [writeChanged(join(root, 'dist'), (name) => !isPage(name))],
};
const workerBuild = {
  ...common,
  entryPoints: ['src/worker/worker.ts', 'src/worker/exportWorker.ts'],
  outdir: 'dist',
  plugins: [writeChanged(join(root, 'dist'), (name) => !isWorker(name))],
};
const hostTestsBuild = () => ({
  ...common,
  entryPoints: readdirSync(join(root, 'test/host'), { recursive: true })
    .filter((path) => path === 'index.ts' || path === 'windowDriver.ts' || path.endsWith('.test.ts'))
    .map((path) => join('test/host', path)),
  outbase: 'test/host',
  outdir: 'dist-test/host',
  splitting: true,
  // Mocha and the servers that tests start are loaded from node_modules.
  packages: 'external',
  plugins: [writeChanged(join(root, 'dist-test/host'), (name) => !name.includes('.'))],
});

/** What the extension host reads at activation: the entry point and all that it imports statically. */
function eagerOutputs(outputs, entry) {
  const eager = new Set();
  const visit = (path) => {
    if (eager.has(path)) return;
    eager.add(path);
    for (const { kind, path: next } of outputs[path].imports) {
      if (kind === 'import-statement' && outputs[next]) visit(next);
    }
  };
  visit(entry);
  return eager;
}

function printSizes(outputs) {
  const eager = eagerOutputs(outputs, 'dist/extension.js');
  const code = Object.entries(outputs).filter(([path]) => path.endsWith('.js'));
  const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1).padStart(8)} kB`;
  for (const [path, { bytes, entryPoint }] of code.sort(([, a], [, b]) => b.bytes - a.bytes)) {
    console.log(`${kilobytes(bytes)}  ${eager.has(path) ? 'eager' : 'lazy '}  ${path}  ${entryPoint ?? ''}`);
  }
  const total = code.filter(([path]) => eager.has(path)).reduce((sum, [, { bytes }]) => sum + bytes, 0);
  console.log(`${kilobytes(total)}  loaded by dist/extension.js at activation`);
}

const contexts = await Promise.all(
  (has('--tests') ? [hostTestsBuild()] : [extensionBuild, workerBuild, pageBuild]).map((build) => context(build)),
);
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
  if (!has('--tests')) writeFileSync(join(root, 'dist', notices), thirdPartyNotices(root, outputs));
}
