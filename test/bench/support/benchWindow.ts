import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launchBrowser } from '../../support/chromium.ts';
import { makeTemporaryFolder, removeFolder } from '../../support/folders.ts';
import { type Settings, startVsCode, workbenchUrl } from '../../support/vscodeServer.ts';
import { Workbench } from '../../support/workbench.ts';
import { type Answer, answerFile, folderVariable, type TaskName, type Tasks, taskFile } from '../host/tasks.ts';
import { installFolders } from './installFolders.ts';
import { buildProductionFolder } from './productionFolder.ts';
import { writeCompanion } from './tinyExtensions.ts';

const patience = 5 * 60_000;

export interface BenchWindowOptions {
  readonly settings?: Settings;
  readonly env?: Readonly<Record<string, string>>;
  /** Writes further extensions, each into a folder in the given one. @returns the folders' names */
  readonly writeExtensions?: (folder: string) => readonly string[];
}

/** A VS Code with the extension as it is packaged, and with a companion that carries out tasks inside the host. */
export interface BenchWindow {
  readonly workbench: Workbench;
  /** Reloads the window, which gives it a fresh extension host, and has a task carried out there. */
  carryOut<Name extends TaskName>(name: Name, asks: Tasks[Name]['asks']): Promise<Tasks[Name]['tells']>;
  close(): Promise<void>;
}

export async function openBenchWindow(options: BenchWindowOptions = {}): Promise<BenchWindow> {
  const folder = makeTemporaryFolder();
  const endings: (() => unknown)[] = [() => removeFolder(folder)];
  const close = async () => {
    for (const end of endings.toReversed()) await end();
  };
  try {
    const extensionsDir = join(folder, 'extensions');
    const production = buildProductionFolder();
    endings.push(() => removeFolder(production.folder));
    await writeCompanion(join(folder, 'companion'));
    const others = options.writeExtensions?.(folder) ?? [];
    installFolders(extensionsDir, [production.folder, ...['companion', ...others].map((name) => join(folder, name))]);

    const env = { ...options.env, [folderVariable]: folder };
    const server = await startVsCode({ dataDir: folder, extensionsDir, settings: options.settings ?? {}, env });
    endings.push(() => server.stop());
    const browser = await launchBrowser();
    endings.push(() => browser.close());
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    // The server's half of the key that encrypts secrets: with a fixed one they outlive a reload of the page.
    await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
    const page = await context.newPage();
    await page.goto(workbenchUrl(server));
    const workbench = new Workbench(server, context, page, close);
    await workbench.ready();
    return {
      workbench,
      carryOut: async <Name extends TaskName>(name: Name, asks: Tasks[Name]['asks']) => {
        writeFileSync(join(folder, taskFile), JSON.stringify({ name, asks }));
        await workbench.reload();
        return (await answer(join(folder, answerFile), name)) as Tasks[Name]['tells'];
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function answer(path: string, name: string): Promise<unknown> {
  const deadline = Date.now() + patience;
  while (!existsSync(path)) {
    if (Date.now() > deadline) throw new Error(`The extension host did not answer to ${name}.`);
    await delay(50);
  }
  const told = JSON.parse(readFileSync(path, 'utf8')) as Answer;
  rmSync(path);
  if ('error' in told) throw new Error(`In the extension host, ${name} failed: ${told.error}`);
  return told.value;
}
