import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, readSources } from '../support/sources.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'SECURITY.md', 'CHANGELOG.md'];

/** The lines between a heading and the next of its kind. */
function section(page: string, heading: string): string {
  const [, after] = read(page).split(`## ${heading}\n`);
  assert.ok(after, `${page} has no heading ${heading}`);
  return after.split('\n## ', 1)[0] ?? '';
}

/** What stands between backticks in the first column of each row of a table. */
const firstColumns = (text: string) =>
  text.split('\n').flatMap((line) => {
    const [, first = ''] = line.split('|');
    return [...first.matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');
  });

describe('the pages for those who carry on', () => {
  it('draw the imports as they are', () => {
    const [, diagram = ''] = /```mermaid\n(.*?)```/s.exec(read('ARCHITECTURE.md')) ?? [];
    const drawn = [...diagram.matchAll(/^ {2}(\S+) --> (\S+)$/gm)].map(([, from, to]) => `${from} → ${to}`);
    assert.deepEqual(drawn.toSorted(), importsBetweenFolders());
    const named = new Set(
      [...diagram.matchAll(/^ {2}(\S+)/gm), ...diagram.matchAll(/--> (\S+)$/gm)].map(([, it]) => it),
    );
    const folders = globSync('*/', { cwd: join(root, 'src') }).map((name) => name.replace(/[\\/]$/, ''));
    for (const folder of folders) assert.ok(folder === 'core' || named.has(folder), `${folder} is not in the diagram`);
  });

  it('start from files that exist', () => {
    const table = section('CONTRIBUTING.md', 'To do X, start from file Y');
    const paths = [...table.matchAll(/`((?:src|test|media|build)\/[^`]+|[\w.]+\.json)`/g)].map(
      ([, path]) => path ?? '',
    );
    assert.ok(paths.length > 20, paths.join());
    for (const path of paths) assert.ok(existsSync(join(root, path)), path);
  });

  it('name scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
    for (const page of pages)
      for (const [, script = ''] of read(page).matchAll(/npm run ([\w:]+)/g)) assert.ok(script in scripts, script);
  });

  it('give a reason for every dependency, and for no other', () => {
    const packages = JSON.parse(read('package.json')) as {
      dependencies: Readonly<Record<string, string>>;
      devDependencies: Readonly<Record<string, string>>;
    };
    const [inPackage = '', forDevelopment = ''] = section('ARCHITECTURE.md', 'Dependencies').split('For development:');
    assert.deepEqual(firstColumns(inPackage).toSorted(), Object.keys(packages.dependencies).toSorted());
    assert.deepEqual(firstColumns(forDevelopment).toSorted(), Object.keys(packages.devDependencies).toSorted());
  });

  it('link to what is there', () => {
    for (const page of pages) {
      const links = [...read(page).matchAll(/\]\(([^)#]+)\)|src(?:set)?="([^"]+)"/g)].map(([, a, b]) => a ?? b ?? '');
      for (const link of links) if (!/^https?:/.test(link)) assert.ok(existsSync(join(root, link)), `${page}: ${link}`);
    }
  });

  it('quote messages as they are shown', () => {
    const messages = Object.keys(JSON.parse(read('media/l10n/bundle.l10n.json')) as object);
    const table = section('README.md', 'When something goes wrong');
    const quoted = [...table.matchAll(/^\| "([^"]+)"/gm)].map(([, message]) => message ?? '');
    assert.ok(quoted.length > 10);
    for (const quote of quoted)
      assert.ok(
        messages.some((message) => message.startsWith(quote)),
        quote,
      );
  });

  it('name settings that there are', () => {
    const { contributes } = JSON.parse(read('package.json')) as {
      contributes: { configuration: { properties: Readonly<Record<string, unknown>> } };
    };
    const settings = Object.keys(contributes.configuration.properties);
    const table = section('README.md', 'Settings');
    for (const setting of settings) assert.ok(table.includes(setting.split('.').at(-1) ?? ''), setting);
    for (const [, name = ''] of read('README.md').matchAll(/`(tenantExplorer\.[\w.]+)`/g))
      assert.ok(settings.some((one) => one === name || one.startsWith(`${name}.`)) || /\.view/.test(name), name);
  });

  it('run only actions that are pinned by commit, with the release beside it', () => {
    const workflows = globSync('.github/workflows/*.yml', { cwd: root });
    assert.ok(workflows.length > 0);
    for (const workflow of workflows)
      for (const [line] of read(workflow).matchAll(/^.*\buses:.*$/gm))
        assert.match(line, /uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, workflow);
  });

  it('test in the oldest VS Code that the manifest allows', () => {
    const { engines } = JSON.parse(read('package.json')) as { engines: { vscode: string } };
    const [, oldest = ''] = /^\^(\d+\.\d+)\.0$/.exec(engines.vscode) ?? [];
    assert.ok(oldest);
    const [major, minor] = oldest.split('.');
    assert.match(read('test/support/vscodeInstall.ts'), new RegExp(`code-server@4\\.${minor}\\.`));
    assert.match(read('.github/workflows/ci.yml'), new RegExp(`vscode: \\[stable, ${major}\\.${minor}\\.0\\]`));
  });
});

/** Folder → folder or file right in src, and vscode; without core, and without what the composition root imports. */
function importsBetweenFolders(): string[] {
  const sources = readSources();
  const own = new Set(sources.map(({ path }) => path));
  const found = sources.flatMap(({ path, imports }) => {
    const from = folderOf(path);
    return imports.flatMap((name) => {
      const isOwn = own.has(name);
      if (!isOwn && name !== 'vscode') return [];
      const to = isOwn ? folderOf(name) : name;
      return to === from || to === 'core' || (from === 'services.ts' && isOwn) ? [] : [`${from} → ${to}`];
    });
  });
  return [...new Set(found)].toSorted();
}
