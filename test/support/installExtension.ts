import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { makeTemporaryFolder, projectFolder, removeFolder } from './folders.ts';
import { installVsCode } from './vscodeInstall.ts';

interface Manifest {
  name: string;
  publisher: string;
  version: string;
}

/** Installs a packaged extension as VS Code itself does; a running server sees it after a restart. */
export async function installVsix(extensionsDir: string, vsixPath: string): Promise<void> {
  const dataDir = makeTemporaryFolder();
  try {
    const { node, main } = await installVsCode();
    // What it prints is noise, unless it fails.
    await promisify(execFile)(node, [
      ...[main, '--install-extension', vsixPath, '--force'],
      ...['--extensions-dir', extensionsDir, '--server-data-dir', dataDir, '--accept-server-license-terms'],
    ]);
  } finally {
    removeFolder(dataDir);
  }
}

/**
 * Installs the extension as it was built in its development folder. All of it is copied: uninstalling it in the window
 * must not reach the project, and VS Code does not know an extension again whose files are links to somewhere else.
 *
 * `extensionDevelopmentPath` would do as well, but the server honours it only in its test mode, which hides toasts.
 * @returns its folder
 */
export function installDevelopmentFolder(extensionsDir: string): string {
  const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as Manifest;
  const id = `${manifest.publisher}.${manifest.name}`;
  const installed = `${id}-${manifest.version}`;
  const target = join(extensionsDir, installed);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), JSON.stringify(manifest));
  for (const file of globSync(['package.nls*.json', '*.md'], { cwd: projectFolder })) {
    copyFileSync(join(projectFolder, file), join(target, file));
  }
  for (const name of ['dist', 'media']) {
    cpSync(join(projectFolder, name), join(target, name), { recursive: true });
  }
  enlist(extensionsDir, id, manifest.version, installed);
  return target;
}

/** Installs the sample of an extension that brings a provider. */
export function installSampleProvider(extensionsDir: string): void {
  const source = join(projectFolder, 'test/sampleProvider');
  const { name, publisher, version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as Manifest;
  const id = `${publisher}.${name}`;
  const installed = `${id}-${version}`;
  cpSync(source, join(extensionsDir, installed), { recursive: true });
  enlist(extensionsDir, id, version, installed);
}

/** Installs an extension for `npm start` alone: it opens the view Tenants, with the sample tenants if asked, when VS Code is up. */
export function installOpener(extensionsDir: string, opensSamples: boolean): void {
  const main = installHelper(extensionsDir, 'opener', { activationEvents: ['onStartupFinished'] });
  const commands = ['tenantExplorer.tenants.focus', ...(opensSamples ? ['tenantExplorer.openSampleTenants'] : [])];
  const run = commands.map((command) => `await commands.executeCommand('${command}');`).join(' ');
  writeFileSync(main, `const { commands } = require('vscode');\nexports.activate = async () => { ${run} };\n`);
}

/** Installs the extension of test/host/microsoftStandIn.ts. */
export async function installMicrosoftStandIn(extensionsDir: string): Promise<void> {
  const outfile = installHelper(extensionsDir, 'microsoft-stand-in', {
    activationEvents: ['*'],
    contributes: { authentication: [{ id: 'microsoft', label: 'Microsoft' }] },
  });
  await build({
    entryPoints: [join(projectFolder, 'test/host/microsoftStandIn.ts')],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    logLevel: 'error',
  });
}

/** Installs an extension of tests, with its manifest alone. @returns where its code belongs */
function installHelper(extensionsDir: string, name: string, manifest: object): string {
  const id = `tenant-explorer.${name}`;
  const version = '1.0.0';
  const target = join(extensionsDir, `${id}-${version}`);
  mkdirSync(target, { recursive: true });
  const common = { name, publisher: 'tenant-explorer', version, main: './main.cjs', extensionKind: ['workspace'] };
  const engines = { vscode: '^1.106.0' };
  writeFileSync(join(target, 'package.json'), JSON.stringify({ ...common, engines, ...manifest }));
  enlist(extensionsDir, id, version, `${id}-${version}`);
  return join(target, 'main.cjs');
}

/** Adds a folder to the list that VS Code finds its extensions by. */
function enlist(extensionsDir: string, id: string, version: string, installed: string): void {
  const list = join(extensionsDir, 'extensions.json');
  const entries: unknown[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  const location = { $mid: 1, path: join(extensionsDir, installed), scheme: 'file' };
  writeFileSync(
    list,
    JSON.stringify([...entries, { identifier: { id }, version, location, relativeLocation: installed }]),
  );
}
