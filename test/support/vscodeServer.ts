import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder, removeFolder } from './folders.ts';
import { startTree } from './processTree.ts';
import { installVsCode, type VsCodeRelease } from './vscodeInstall.ts';

export type Settings = Readonly<Record<string, unknown>>;

export interface VsCodeOptions {
  /** Where the server keeps everything; by default a temporary folder, which `stop` removes. */
  dataDir?: string;
  /** By default a folder in `dataDir`. */
  extensionsDir?: string;
  /** Without one, everybody on this machine may connect: for tests only. */
  connectionToken?: string;
  /** User settings beside those that keep a test window quiet. */
  settings?: Settings;
  /** By default one that is free. */
  port?: number;
  /** For the server and thus for the extension host. */
  env?: Readonly<Record<string, string>>;
  /** Honours `extensionDevelopmentPath` and `extensionTestsPath`, and hides notification toasts. */
  testDriver?: boolean;
  /** By default the newest. */
  release?: VsCodeRelease;
}

export interface VsCodeServer {
  /** http://127.0.0.1:port */
  readonly url: string;
  readonly port: number;
  readonly connectionToken: string | undefined;
  readonly dataDir: string;
  readonly extensionsDir: string;
  /** Resolves when the server has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** What the server has printed so far. */
  output(): string;
  stop(): Promise<void>;
}

// A value of an older form would be migrated: the window then rewrites the file, over changes made meanwhile.
const quietSettings: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Starts VS Code's server on the loopback address. @throws when it does not come up */
export async function startVsCode(options: VsCodeOptions = {}): Promise<VsCodeServer> {
  const { node, main } = await installVsCode(options.release);
  const dataDir = options.dataDir ?? makeTemporaryFolder();
  const extensionsDir = options.extensionsDir ?? join(dataDir, 'extensions');
  mkdirSync(extensionsDir, { recursive: true });
  writeSettings(dataDir, { ...quietSettings, ...options.settings });

  const args = [main, ...serverArguments(options, dataDir, extensionsDir)];
  const tree = startTree(node, args, serverEnvironment(options.env));
  const output: string[] = [];
  const ended = new Promise<void>((resolve) => tree.child.once('exit', () => resolve()));
  const stop = async () => {
    await tree.stop();
    if (options.dataDir === undefined) removeFolder(dataDir);
  };
  try {
    const port = await listeningPort(tree.child, output);
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      connectionToken: options.connectionToken,
      dataDir,
      extensionsDir,
      ended,
      output: () => output.join(''),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function serverArguments(options: VsCodeOptions, dataDir: string, extensionsDir: string): string[] {
  const token = options.connectionToken;
  return [
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...(token === undefined ? ['--without-connection-token'] : ['--connection-token', token]),
    ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ...(options.testDriver === true ? ['--enable-smoke-test-driver'] : []),
  ];
}

/** A terminal inside VS Code carries variables that would make the server talk to that window. */
function serverEnvironment(added: VsCodeOptions['env']): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VSCODE_') && name !== 'ELECTRON_RUN_AS_NODE',
  );
  return { ...Object.fromEntries(inherited), ...added };
}

function listeningPort(child: ChildProcess, output: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output.push(chunk.toString());
      const port = /Extension host agent listening on (\d+)/.exec(output.join(''))?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`VS Code's server ended at start-up:\n${output.join('')}`)));
  });
}

const settingsFile = (dataDir: string) => join(dataDir, 'data/User/settings.json');

function writeSettings(dataDir: string, settings: Settings): void {
  const path = settingsFile(dataDir);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(settings, undefined, 2));
}

/** Changes a user setting; open windows notice it by themselves, a moment later. `undefined` removes it. */
export function setUserSetting(server: VsCodeServer, key: string, value: unknown): void {
  const settings = JSON.parse(readFileSync(settingsFile(server.dataDir), 'utf8')) as Settings;
  writeSettings(server.dataDir, { ...settings, [key]: value });
}

export interface WorkbenchPage {
  /** The name of the window's profile, which is made if there is none. */
  profile?: string;
  /** Absolute path; by default the window is empty. */
  folder?: string;
  /** These two need `testDriver`. */
  extensionDevelopmentPath?: string;
  extensionTestsPath?: string;
}

/** The address of a window on the server. */
export function workbenchUrl(server: VsCodeServer, page: WorkbenchPage = {}): string {
  const url = new URL(server.url);
  if (server.connectionToken !== undefined) url.searchParams.set('tkn', server.connectionToken);
  if (page.folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', page.folder);
  const payload = (['extensionDevelopmentPath', 'extensionTestsPath'] as const).flatMap((key) => {
    const path = page[key];
    return path === undefined ? [] : [[key, `vscode-remote://${url.host}${path}`]];
  });
  if (page.profile !== undefined) payload.push(['profile', page.profile]);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
