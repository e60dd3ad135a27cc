import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { run, withLock } from './bootstrap.js';
import { cacheFolder } from './folders.ts';

const isRoot = process.getuid?.() === 0;

/** Starts Chromium without a window. @throws when there is none and none can be installed */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium() ?? (await installChromium());
  return chromium.launch({
    executablePath,
    // Chromium refuses its sandbox to root.
    chromiumSandbox: !isRoot,
    // By itself playwright swallows the signals that end a process.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function findChromium(): string | undefined {
  const chosen = process.env.CHROME_PATH;
  if (chosen !== undefined) {
    if (!existsSync(chosen)) throw new Error(`CHROME_PATH names ${chosen}, which does not exist.`);
    return chosen;
  }
  return [...onPath(), ...usualPlaces()].find((path) => existsSync(path));
}

function onPath(): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function usualPlaces(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== 'win32') return [];
  const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
  return roots.flatMap((root) => (root === undefined ? [] : programs.map((program) => join(root, program))));
}

/** On a Debian machine where we may: its own package. */
async function installChromium(): Promise<string> {
  if (isRoot && spawnSync('apt-get', ['--version']).status === 0) {
    await withLock(join(cacheFolder, 'chromium.lock'), async () => {
      if (findChromium() !== undefined) return;
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update'], { env });
      await run('apt-get', ['install', '--yes', '--no-install-recommends', 'chromium'], { env });
    });
  }
  const installed = findChromium();
  if (installed === undefined) {
    throw new Error('No Chromium found: install chromium or Google Chrome, or set CHROME_PATH to its program.');
  }
  return installed;
}
