import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, type PluginBuild } from 'esbuild';
import { unzipSync } from 'fflate';
import { projectFolder } from '../support/folders.ts';
import { packageExtension } from '../support/packageExtension.ts';

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('the package', () => {
  let vsix: string;
  /** By their path in the extension's folder. */
  let files: ReadonlyMap<string, Uint8Array>;

  before(async () => {
    vsix = await packageExtension();
    const entries = Object.entries(unzipSync(readFileSync(vsix)));
    const own = entries.flatMap(([path, bytes]) => (path.startsWith('extension/') ? [[path.slice(10), bytes]] : []));
    files = new Map(own as [string, Uint8Array][]);
  });

  it('holds what runs, what tells of it, and nothing else', () => {
    const pages = ['LICENSE.txt', 'changelog.md', 'readme.md', 'package.json', 'dist/ThirdPartyNotices.txt'];
    const paths = [...files.keys()];
    assert.deepEqual(
      pages.filter((page) => !paths.includes(page)),
      [],
    );
    const running = paths.filter((path) => /\.js$|^package\.json$/.test(path)).map((path) => text(files.get(path)));
    const isUsed = (path: string) => {
      const name = path.split('/').at(-1) ?? '';
      // VS Code finds translations by the language.
      const isTranslation = /^(package\.nls(\.\w+)?|media\/l10n\/bundle\.l10n\.\w+)\.json$/.test(path);
      const isEntry = path === 'dist/extension.js';
      return isTranslation || isEntry || running.some((code) => code.includes(name));
    };
    assert.deepEqual(
      paths.filter((path) => !pages.includes(path) && !(/^(package|dist|media)\b/.test(path) && isUsed(path))),
      [],
    );
  });

  it('is at most 1.5 MB', () => {
    assert.ok(statSync(vsix).size <= 1.5 * 2 ** 20, `${statSync(vsix).size} bytes`);
  });

  it('loads at most 80 KB at its start', async () => {
    const dist = join(projectFolder, 'dist');
    assert.deepEqual(readFileSync(join(dist, 'extension.js')), Buffer.from(files.get('dist/extension.js') ?? []));
    // What is imported when it is wanted only stays outside.
    const external = { name: 'lazily', setup: lazyStaysOutside };
    const { metafile } = await build({
      entryPoints: [join(dist, 'extension.js')],
      ...{ bundle: true, write: false, metafile: true, format: 'esm', platform: 'node', logLevel: 'error' },
      plugins: [external],
    });
    const sizes = Object.values(metafile.inputs).map(({ bytes }) => bytes);
    const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
    assert.ok(total > 20 * 2 ** 10 && total <= 80 * 2 ** 10, `${total} bytes`);
  });

  it('brings the licence of every package that is bundled', () => {
    const notices = text(files.get('dist/ThirdPartyNotices.txt'));
    // By the source maps, which name every file that went into a bundle.
    const maps = globSync('dist-maps/*.map', { cwd: projectFolder });
    const sources = maps.flatMap(
      (map) => (JSON.parse(readFileSync(join(projectFolder, map), 'utf8')) as { sources: string[] }).sources,
    );
    const packages = new Set(
      sources.flatMap((path) => /node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
    );
    assert.ok(packages.size > 10, [...packages].join());
    for (const folder of packages) {
      const manifest = readFileSync(join(projectFolder, folder, 'package.json'), 'utf8');
      const { name, version } = JSON.parse(manifest) as { name: string; version: string };
      const [, notice = ''] = notices.split(`\n${name} ${version} (`);
      assert.match(notice.split('='.repeat(80), 1)[0] ?? '', /copyright|permission is hereby granted/i, name);
    }
  });

  it('keeps source maps apart, and names none', () => {
    for (const [path, bytes] of files) if (path.endsWith('.js')) assert.ok(!/sourceMappingURL/.test(text(bytes)), path);
    assert.ok(globSync('dist-maps/extension.js.map', { cwd: projectFolder }).length === 1);
  });
});

function lazyStaysOutside({ onResolve }: PluginBuild): void {
  onResolve({ filter: /./ }, ({ path, kind }) => {
    const isLoaded = kind === 'entry-point' || (kind === 'import-statement' && path.startsWith('.'));
    return isLoaded ? undefined : { path, external: true };
  });
}
