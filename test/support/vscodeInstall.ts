import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm, withLock } from './bootstrap.js';
import { cacheFolder, removeFolder } from './folders.ts';

/** The npm package that carries VS Code's own server; 4.139.1 is VS Code 1.139.1. */
const codeServer = 'code-server@4.139.1';
const serverFolder = join(cacheFolder, 'server');
const vscodeIn = (folder: string) => join(folder, 'node_modules/code-server/lib/vscode');
const marker = 'installed';

/** Installs VS Code's server once. @returns its main module */
export async function installVsCode(): Promise<string> {
  if (!isInstalled()) {
    await withLock(join(cacheFolder, 'server.lock'), async () => {
      if (!isInstalled()) await install();
    });
  }
  return join(vscodeIn(serverFolder), 'out/server-main.js');
}

function isInstalled(): boolean {
  const path = join(serverFolder, marker);
  return existsSync(path) && readFileSync(path, 'utf8') === codeServer;
}

/** Builds the folder aside: under its own name only a complete one is ever seen. */
async function install(): Promise<void> {
  console.error(`Installing ${codeServer} for start-up and tests; this is done once.`);
  for (const leftover of globSync(`${serverFolder}.*.part`)) removeFolder(leftover);
  const part = `${serverFolder}.${process.pid}.part`;
  mkdirSync(part, { recursive: true });
  writeFileSync(join(part, 'package.json'), '{ "private": true }\n');
  // Its install scripts would compile what tests don't need.
  const options = ['--ignore-scripts', '--loglevel=error'];
  await runNpm(['install', codeServer, ...options], part);
  await runNpm(['install', '--omit=dev', ...options], vscodeIn(part));
  writeFileSync(join(part, marker), codeServer);
  rmSync(serverFolder, { recursive: true, force: true });
  renameSync(part, serverFolder);
}
