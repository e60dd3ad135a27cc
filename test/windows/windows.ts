import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { BrowserContext, Page } from 'playwright-core';
import type { Change } from '../contract/changes.ts';
import { launchBrowser } from '../support/chromium.ts';
import { makeTemporaryFolder, projectFolder, removeFolder } from '../support/folders.ts';
import { type Settings, startVsCode, type VsCodeServer, workbenchUrl } from '../support/vscodeServer.ts';
import { WorkbenchPrompts } from '../support/workbenchPrompts.ts';
import { WorkbenchTree } from '../support/workbenchTree.ts';
import type { Asked, Call, RemoteApi, Told } from './protocol.ts';

/** A VS Code whose windows share one global storage, and in whose extension hosts the extension can be called. */
export interface Windows {
  /** The store's file, unless nothing is to be kept on disk. */
  readonly storePath: string;
  /** For temporary files of the windows. */
  readonly temporaryFolder: string;
  /** @param profile its name: `otherProfile`; by default the profile Default */
  open(profile?: string): Promise<Window>;
  close(): Promise<void>;
}

export interface Window {
  /** Of the extension in this window's host. */
  readonly api: RemoteApi;
  /** Resolves at the next change that is meant, as this window's host tells it. */
  nextChange(isMeant: (change: Change) => boolean): Promise<Change>;
  /** Answers the question that this window asks. */
  enter(text: string): Promise<void>;
  /** The view Tenants. */
  openTree(): Promise<WorkbenchTree>;
  /** How much VS Code keeps as secrets, this window's and all others'. */
  secretBytes(): Promise<number>;
  /** Ends the extension host hard, wherever it is. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export async function openWindows(settings: Settings = {}): Promise<Windows> {
  const dataDir = makeTemporaryFolder();
  const temporaryFolder = join(dataDir, 'tmp');
  mkdirSync(temporaryFolder);
  const endings: (() => unknown)[] = [() => removeFolder(dataDir)];
  const close = async () => {
    for (const end of endings.splice(0).toReversed()) await end();
  };
  try {
    const listener = createServer().listen(0, '127.0.0.1');
    await once(listener, 'listening');
    endings.push(() => listener.close());
    const port = String((listener.address() as AddressInfo).port);
    const env = { TEST_WINDOWS_PORT: port, TMPDIR: temporaryFolder, TEMP: temporaryFolder, TMP: temporaryFolder };
    const server = await startVsCode({ dataDir, testDriver: true, settings, env });
    endings.push(() => server.stop());
    const browser = await launchBrowser();
    endings.push(() => browser.close());
    const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
    // Windows of one person: they share the key that encrypts secrets.
    await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
    await context.addInitScript({ content: knowOtherProfile });
    return {
      storePath: join(dataDir, 'data/User/globalStorage/tenant-explorer.tenant-explorer/tenants.sqlite'),
      temporaryFolder,
      open: (profile) => openWindow(server, context, listener, profile),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Made beforehand: a window that is opened with a profile that there is not never comes up. */
export const otherProfile = 'Other';
const knowOtherProfile = `localStorage.setItem('userDataProfiles', JSON.stringify([
  { name: '${otherProfile}', location: { $mid: 1, scheme: 'vscode-userdata', path: '/User/profiles/other' } },
]))`;

async function openWindow(
  server: VsCodeServer,
  context: BrowserContext,
  listener: Server,
  profile: string | undefined,
): Promise<Window> {
  const page = await context.newPage();
  const connected = once(listener, 'connection') as Promise<[Socket]>;
  await page.goto(
    workbenchUrl(server, {
      extensionDevelopmentPath: projectFolder,
      extensionTestsPath: join(projectFolder, 'dist-test/host/windowDriver.js'),
      ...(profile === undefined ? {} : { profile }),
    }),
  );
  const [socket] = await connected;
  const host = await talk(socket);
  // The button Manage names the profile, unless it is the default one.
  if (profile !== undefined) await page.locator(`.activitybar [aria-label*="${profile}"]`).first().waitFor();
  return {
    api: host.api,
    nextChange: host.nextChange,
    enter: (text) => new WorkbenchPrompts(page).enter(text),
    openTree: () => openTree(page),
    // In a browser they are there, sealed all in one.
    secretBytes: () => page.evaluate<number>(`localStorage.getItem('secrets.provider')?.length ?? 0`),
    kill: async () => {
      process.kill(host.pid, 'SIGKILL');
      await host.ended;
      await page.close();
    },
    close: async () => {
      socket.end();
      await host.ended;
      await page.close();
    },
  };
}

async function openTree(page: Page): Promise<WorkbenchTree> {
  await new WorkbenchPrompts(page).runCommand('Focus on Tenants View');
  const tree = new WorkbenchTree(page, 'Tenants');
  await tree.pane.waitFor();
  return tree;
}

interface Host {
  readonly pid: number;
  readonly api: RemoteApi;
  /** Resolves when the host is gone. */
  readonly ended: Promise<unknown>;
  nextChange(isMeant: (change: Change) => boolean): Promise<Change>;
}

/** Resolves when the host says that the extension is active. */
async function talk(socket: Socket): Promise<Host> {
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Set<(change: Change) => void>();
  const started = Promise.withResolvers<number>();
  let calls = 0;
  const lines = createInterface({ input: socket });
  // It passes on the socket's errors: a host that is killed resets the connection.
  lines.on('error', () => undefined);
  lines.on('line', (line) => {
    const told = JSON.parse(line) as Told;
    if ('pid' in told) started.resolve(told.pid);
    else if ('change' in told) for (const listener of listeners) listener(told.change);
    else {
      const answer = pending.get(told.id);
      pending.delete(told.id);
      if ('error' in told) answer?.reject(new Error(told.error));
      else answer?.resolve(told.value);
    }
  });
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  void ended.then(() => {
    for (const { reject } of [started, ...pending.values()]) reject(new Error('The extension host is gone.'));
  });
  const call = <Name extends Call>(name: Name, ...args: Parameters<RemoteApi[Name]>): ReturnType<RemoteApi[Name]> => {
    const answer = Promise.withResolvers<unknown>();
    pending.set(++calls, answer);
    const asked: Asked = { id: calls, call: name, args };
    socket.write(`${JSON.stringify(asked)}\n`);
    return answer.promise as ReturnType<RemoteApi[Name]>;
  };
  return {
    pid: await started.promise,
    api: {
      addTenant: (...args) => call('addTenant', ...args),
      removeTenant: (...args) => call('removeTenant', ...args),
      tenants: () => call('tenants'),
      groups: (...args) => call('groups', ...args),
      members: (...args) => call('members', ...args),
      loadAll: (...args) => call('loadAll', ...args),
      signIn: (...args) => call('signIn', ...args),
      signOut: (...args) => call('signOut', ...args),
    },
    ended,
    nextChange: (isMeant) =>
      new Promise((resolve) => {
        const listener = (change: Change) => {
          if (!isMeant(change)) return;
          listeners.delete(listener);
          resolve(change);
        };
        listeners.add(listener);
      }),
  };
}
