import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, type PluginBuild } from 'esbuild';
import { unzipSync } from 'fflate';
import { projectFolder } from '../support/folders.ts';
import { packageExtension } from '../support/packageExtension.ts';

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe('the package', () => {
  let vsix: string;
  let said: string;
  /** By their path in the extension's folder. */
  let files: ReadonlyMap<string, Uint8Array>;

  before(async () => {
    ({ vsix, said } = await packageExtension());
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

  it('is made without a warning, and told file by file', () => {
    assert.doesNotMatch(said, /warning|is large/i);
    const missing = [...files.keys()].filter((path) => !said.includes(` ${path.split('/').at(-1)} `));
    assert.deepEqual(missing, []);
    assert.match(said, /Packaged: .* \(\d+ files, [\d.]+ KB\)/);
  });

  it('has at most 85 files of code', () => {
    const code = [...files.keys()].filter((path) => path.endsWith('.js'));
    assert.ok(code.length > 10 && code.length <= 85, `${code.length} files`);
  });

  it('has a README that leads nowhere where there is nothing', () => {
    const links = [...text(files.get('readme.md')).matchAll(/\]\(([^)]+)\)|(?:src|srcset)="([^"]+)"/g)];
    const targets = links.map(([, link, source]) => link ?? source ?? '');
    assert.ok(targets.length > 2);
    assert.deepEqual(
      targets.filter((target) => !/^(#|https:)/.test(target)),
      [],
    );
  });

  it('finds in every file what another imports of it', async () => {
    const code = [...files.keys()].filter((path) => path.endsWith('.js'));
    const { warnings } = await build({
      entryPoints: code.map((path) => join(projectFolder, path)),
      ...{ bundle: true, splitting: true, write: false, outdir: 'out', format: 'esm', platform: 'node' },
      ...{ external: ['vscode'], logLevel: 'silent' },
    });
    assert.deepEqual(warnings, []);
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

  it('keeps source maps apart, which lead back to the sources, and names none', () => {
    for (const [path, bytes] of files) if (path.endsWith('.js')) assert.ok(!/sourceMappingURL/.test(text(bytes)), path);
    for (const path of files.keys()) {
      if (!path.endsWith('.js')) continue;
      const map = readFileSync(join(projectFolder, path.replace('dist/', 'dist-maps/').concat('.map')), 'utf8');
      const { sources } = JSON.parse(map) as { sources: string[] };
      // The rest is packages, and what the build wrote itself.
      const own = sources.filter((source) => !/^(elsewhere|chunk):|\/node_modules\//.test(source));
      for (const source of own) assert.ok(existsSync(join(projectFolder, 'dist', source)), `${path}: ${source}`);
    }
  });
});

function lazyStaysOutside({ onResolve }: PluginBuild): void {
  onResolve({ filter: /./ }, ({ path, kind }) => {
    const isLoaded = kind === 'entry-point' || (kind === 'import-statement' && path.startsWith('.'));
    return isLoaded ? undefined : { path, external: true };
  });
}
