/** Runs inside the extension host: carries out the task that it finds when the host has started, once. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { TenantExplorerApi } from '../../../src/api.ts';
import { threadTime, watchThread } from '../support/watchThread.ts';
import { sendThrough, sendThroughBoth } from './sendThrough.ts';
import { type Answer, answerFile, folderVariable, type Task, type TaskName, type Tasks, taskFile } from './tasks.ts';

type Carriers = { readonly [Name in TaskName]: (asks: Tasks[Name]['asks']) => Promise<Tasks[Name]['tells']> };

const carriers: Carriers = {
  addTenants: async ({ connections, load }) => {
    const api = await tenantExplorer();
    for (const connection of connections) {
      const tenantId = await api.addTenant(connection);
      if (load) await api.groups(tenantId);
    }
    return {};
  },
  activate: async ({ extensionId }) => {
    const extension = vscode.extensions.getExtension(extensionId);
    if (extension === undefined || extension.isActive) throw new Error(`${extensionId} is missing or active already.`);
    // The window is still busy with itself when it says that it has started.
    await delay(2000);
    const [start, processorStart] = [performance.now(), threadTime()];
    await extension.activate();
    return { took: performance.now() - start, processor: threadTime() - processorStart };
  },
  loadAll: async ({ connection }) => {
    const api = await tenantExplorer();
    const tenantId = await api.addTenant(connection);
    // At a host's first request, whoever sends it, VS Code reads the system's certificates: 60 ms that are not ours.
    await fetch(new URL('/', connection.endpoint)).then((reply) => reply.arrayBuffer());
    const watch = await watchThread();
    const start = performance.now();
    const { state, count: rows = 0 } = await api.loadAll(tenantId);
    const took = performance.now() - start;
    if (state !== 'complete') throw new Error(`loadAll came to ${state}.`);
    return { ...watch.stop(), took, rows };
  },
  sendBoth: sendThroughBoth,
  sendOne: async (asks) => {
    await sendThrough(asks.transport, asks);
    return {};
  },
};

export async function activate(): Promise<void> {
  const folder = process.env[folderVariable] ?? '';
  const path = join(folder, taskFile);
  if (!existsSync(path)) return;
  const task = JSON.parse(readFileSync(path, 'utf8')) as Task;
  rmSync(path);
  // Not waited for: an activation that takes long is ended.
  void carryOut(task).then((answer) => {
    writeFileSync(join(folder, `${answerFile}.part`), JSON.stringify(answer));
    renameSync(join(folder, `${answerFile}.part`), join(folder, answerFile));
  });
}

async function carryOut<Name extends TaskName>({
  name,
  asks,
}: {
  name: Name;
  asks: Tasks[Name]['asks'];
}): Promise<Answer> {
  try {
    return { value: await carriers[name](asks) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function tenantExplorer(): Promise<TenantExplorerApi> {
  const extension = vscode.extensions.getExtension<TenantExplorerApi>('tenant-explorer.tenant-explorer');
  if (extension === undefined) throw new Error('Tenant Explorer is not installed.');
  return extension.activate();
}
