/**
 * What must work before any dependency is installed, on the machine's own Node (20 or later): plain JavaScript.
 */
import { spawn } from 'node:child_process';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Runs `work` while holding the lock file; waits while another living process holds it. */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  while (!tryLock(path)) {
    removeStaleLock(path);
    await setTimeout(100);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** The file is linked into place when its content is complete: nobody ever reads a lock without its owner. */
function tryLock(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function removeStaleLock(path) {
  const owner = ownerOf(path);
  if (owner === undefined || isAlive(owner)) return;
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    // Between the look and the move another process may have taken the lock: give it back.
    if (ownerOf(aside) !== owner) linkSync(aside, path);
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function ownerOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Runs npm in a folder; what it says goes to stderr, because stdout belongs to the script's own answer. */
export function runNpm(args, cwd) {
  const script = process.env.npm_execpath;
  // Windows finds `npm` (a .cmd file) only through a shell.
  const [command, rest, shell] =
    script?.endsWith('.js') === true
      ? [process.execPath, [script, ...args], false]
      : ['npm', args, process.platform === 'win32'];
  return run(command, [...rest, '--no-audit', '--no-fund'], { cwd, shell });
}

/** Runs a program to its end. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 2, 2], ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code ?? signal}`));
    });
  });
}
