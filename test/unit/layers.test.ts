import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, readSources, type SourceFile } from '../support/sources.ts';

const root = join(import.meta.dirname, '..', '..');

/** Folder of src → folders that it may import, besides itself. Every folder may use core. */
const layers: Readonly<Record<string, readonly string[]>> = {
  core: [],
  providers: [],
  auth: [],
  store: [],
  sync: [],
  publicApi: ['api.ts'],
  export: [],
  commands: ['export'],
  sandbox: [],
  worker: ['store', 'providers', 'export'],
  platform: [],
  tree: ['platform'],
  report: ['platform'],
  chat: ['platform'],
  'api.ts': [],
};
/** The composition root knows everything. */
const rootFiles = ['services.ts', 'extension.ts'];
const knowVsCode = [...rootFiles, 'platform', 'tree', 'report', 'chat'];

const sources = readSources();

/** The provider that a file belongs to, for the files of one. */
const providerOf = (path: string): string | undefined => /^providers\/([^/]+)\//.exec(path)?.[1];

function violations(find: (file: SourceFile) => readonly string[]): string[] {
  return sources.flatMap((file) => find(file).map((what) => `src/${file.path}: ${what}`));
}

describe('layers', () => {
  it('knows every folder', () => {
    const known = [...Object.keys(layers), ...rootFiles];
    assert.deepEqual(
      violations(({ path }) => (known.includes(folderOf(path)) ? [] : ['has no place in the layers'])),
      [],
    );
  });

  it('lets a folder import only those below it', () => {
    const own = new Set(sources.map(({ path }) => path));
    const found = violations(({ path, imports }) => {
      const folder = folderOf(path);
      if (rootFiles.includes(folder)) return [];
      const allowed = [folder, 'core', ...(layers[folder] ?? [])];
      return imports.filter((to) => own.has(to) && !allowed.includes(folderOf(to))).map((to) => `imports ${to}`);
    });
    assert.deepEqual(found, []);
  });

  it('keeps providers apart', () => {
    const found = violations(({ path, imports }) => {
      const provider = providerOf(path);
      if (provider === undefined) return [];
      return imports.filter((to) => (providerOf(to) ?? provider) !== provider).map((to) => `imports ${to}`);
    });
    assert.deepEqual(found, []);
  });

  it('keeps vscode out of everything that runs without it', () => {
    const found = violations(({ path, imports }) => {
      // A page has no VS Code, wherever its parts lie.
      const isPage = /^report\/(page|matrix)\//.test(path);
      const mayKnow = knowVsCode.includes(folderOf(path)) && !isPage;
      return !mayKnow && imports.includes('vscode') ? ['imports vscode'] : [];
    });
    assert.deepEqual(found, []);
  });

  it('has no import cycle', () => {
    assert.equal(findCycle(), undefined);
  });

  it('registers commands and sets context keys in one file each', () => {
    const onlyIn = (file: string, call: RegExp) =>
      violations(({ path, text }) => (path !== file && call.test(text) ? [`${call.source} belongs to ${file}`] : []));
    assert.deepEqual(onlyIn('platform/registerCommands.ts', /\bregisterCommand\(/), []);
    assert.deepEqual(onlyIn('platform/contextKeys.ts', /'setContext'/), []);
  });

  it('has no file over 300 lines, and most of src are short', () => {
    const linesOf = (text: string) => text.trimEnd().split('\n').length;
    const files = globSync(['src/**/*.{ts,css}', 'test/**/*.{ts,js}', 'build/*.ts', '*.js'], { cwd: root });
    const long = files.filter((name) => linesOf(readFileSync(join(root, name), 'utf8')) > 300);
    assert.deepEqual(long, []);
    const median = sources.map(({ text }) => linesOf(text)).sort((one, other) => one - other)[sources.length >> 1];
    assert.ok(median !== undefined && median <= 80, `${median}`);
  });

  it('starts by a function of at most 40 lines', () => {
    const { text = '' } = sources.find(({ path }) => path === 'extension.ts') ?? {};
    const [activate = ''] = /^export async function activate\(.*?^\}$/ms.exec(text) ?? [];
    const lines = activate.split('\n').length;
    assert.ok(lines > 3 && lines <= 40, `${lines}`);
  });
});

/** The files of a cycle, in order. */
function findCycle(): string[] | undefined {
  const importsOf = new Map(sources.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of importsOf.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const { path } of sources) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
