import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm, withLock } from './bootstrap.js';
import { cacheFolder, removeFolder } from './folders.ts';

/** A VS Code to test in: the newest, or the oldest that package.json supports. */
export type VsCodeRelease = 'current' | 'oldest';

interface Release {
  /** The npm package that carries VS Code's own server; 4.139.1 is VS Code 1.139.1. */
  readonly codeServer: string;
  /** The Node that this VS Code has; without one, the project's own. */
  readonly node?: string;
  /** In the folder of the tests' cache. */
  readonly folder: string;
}

const releases: Readonly<Record<VsCodeRelease, Release>> = {
  current: { codeServer: 'code-server@4.139.1', folder: 'server' },
  oldest: { codeServer: 'code-server@4.106.3', node: 'node@22.20.0', folder: 'oldest' },
};

/** The programs of an installed VS Code. */
export interface VsCodeInstallation {
  readonly node: string;
  /** The server's main module. */
  readonly main: string;
}

const vscodeIn = (folder: string) => join(folder, 'node_modules/code-server/lib/vscode');
const nodeIn = (folder: string) => join(folder, 'node');
const marker = 'installed';

/** Installs VS Code's server once. */
export async function installVsCode(name: VsCodeRelease = 'current'): Promise<VsCodeInstallation> {
  const release = releases[name];
  const folder = join(cacheFolder, release.folder);
  if (!isInstalled(folder, release)) {
    await withLock(`${folder}.lock`, async () => {
      if (!isInstalled(folder, release)) await install(folder, release);
    });
  }
  return {
    node: release.node === undefined ? process.execPath : nodeProgram(folder),
    main: join(vscodeIn(folder), 'out/server-main.js'),
  };
}

const markOf = ({ codeServer, node }: Release) => [codeServer, ...(node === undefined ? [] : [node])].join(' ');

function isInstalled(folder: string, release: Release): boolean {
  const path = join(folder, marker);
  return existsSync(path) && readFileSync(path, 'utf8') === markOf(release);
}

/** Builds the folder aside: under its own name only a complete one is ever seen. */
async function install(folder: string, release: Release): Promise<void> {
  console.error(`Installing ${markOf(release)} for start-up and tests; this is done once.`);
  for (const leftover of globSync(`${folder}.*.part`)) removeFolder(leftover);
  const part = `${folder}.${process.pid}.part`;
  makePackage(part);
  // Its install scripts would compile what tests don't need.
  const options = ['--ignore-scripts', '--loglevel=error'];
  await runNpm(['install', release.codeServer, ...options], part);
  if (release.node !== undefined) {
    loosenPackages(vscodeIn(part));
    await installNode(nodeIn(part), release.node);
    options.push('--no-package-lock', '--legacy-peer-deps');
  }
  await runNpm(['install', '--omit=dev', ...options], vscodeIn(part));
  writeFileSync(join(part, marker), markOf(release));
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}

function makePackage(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "allowScripts": { "node": true } }\n');
}

/** Its script fetches the program; npm may have been told to run none. */
async function installNode(folder: string, node: string): Promise<void> {
  makePackage(folder);
  await runNpm(['install', node, '--ignore-scripts', '--loglevel=error'], folder);
  await runNpm(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'], folder);
}

function nodeProgram(folder: string): string {
  const [program] = globSync('node_modules/node/bin/node{,.exe}', { cwd: nodeIn(folder) });
  if (program === undefined) throw new Error(`${nodeIn(folder)} brought no program: remove ${folder}, and try again.`);
  return join(nodeIn(folder), program);
}

/** An older release pins one package to a commit of its repository; the released version of it serves. */
function loosenPackages(vscode: string): void {
  rmSync(join(vscode, 'npm-shrinkwrap.json'), { force: true });
  const path = join(vscode, 'package.json');
  const { overrides: _, ...manifest } = JSON.parse(readFileSync(path, 'utf8')) as {
    overrides?: unknown;
    dependencies: Readonly<Record<string, string>>;
  };
  const dependencies = { ...manifest.dependencies, '@parcel/watcher': '^2.5.1' };
  writeFileSync(path, JSON.stringify({ ...manifest, dependencies }, null, 2));
}
