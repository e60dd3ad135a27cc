/**
 * node test/support/prepare.js <script.ts> [arguments]
 *
 * Makes sure that the dependencies are installed as package-lock.json says, then runs the script on the Node that they
 * bring. Plain JavaScript for the machine's own Node (20 or later): in a fresh clone nothing else is there yet.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { runNpm, withLock } from './bootstrap.js';

const root = join(import.meta.dirname, '..', '..');

/** Every locked package, as npm recorded it when its last install here ended well, is the locked version. */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  if (installed === undefined) return false;
  return Object.entries(packagesOf('package-lock.json')).every(([path, locked]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? locked.optional === true : found.integrity === locked.integrity;
  });
}

function packagesOf(lockfile) {
  const path = join(root, lockfile);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** The `node` package's install script puts the program there; npm may have been told to run no such scripts. */
function findNode() {
  const paths = ['node', 'node.exe'].map((name) => join(root, 'node_modules/node/bin', name));
  return paths.find((path) => spawnSync(path, ['--version']).status === 0);
}

async function install() {
  if (!isInstalled()) await runNpm(['ci'], root);
  if (findNode() === undefined) await runNpm(['rebuild', 'node', '--ignore-scripts=false'], root);
}

const [script, ...args] = process.argv.slice(2);
if (script === undefined) throw new Error('usage: node test/support/prepare.js <script.ts> [arguments]');

if (!isInstalled() || findNode() === undefined) {
  await withLock(join(root, '.vscode-test/dependencies.lock'), install);
}
const node = findNode();
if (node === undefined) throw new Error('node_modules/node brought no working program: run npm rebuild node');

const child = spawn(node, [join(root, script), ...args], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// npm passes a signal to the shell that it runs scripts in, and that one dies of it alone.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500);
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
