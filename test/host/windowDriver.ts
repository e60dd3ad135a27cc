/**
 * What test/windows runs in an extension host instead of tests: calls of the extension's API, as that suite asks for
 * them over a socket, until the socket is closed. VS Code loads this bundle and calls `run`.
 */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import type { TenantExplorerApi } from '../../src/api.ts';
import type { Asked, Call, Told } from '../windows/protocol.ts';

export async function run(): Promise<void> {
  // Half open: the other side learns from its closing that this process is gone, deactivation and all.
  const port = Number(process.env.TEST_WINDOWS_PORT);
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const tell = (told: Told) => socket.write(`${JSON.stringify(told)}\n`);
  await once(socket, 'connect');
  const extension = vscode.extensions.getExtension<TenantExplorerApi>('tenant-explorer.tenant-explorer');
  if (extension === undefined) throw new Error('Tenant Explorer is not here.');
  const api = await extension.activate();
  api.onDidChange((change) => tell({ change }));
  tell({ pid: process.pid });
  for await (const line of createInterface({ input: socket })) void carryOut(JSON.parse(line) as Asked);

  async function carryOut({ id, call, args }: Asked): Promise<void> {
    try {
      tell({ id, value: await resultOf(call, args) });
    } catch (error) {
      tell({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }

  async function resultOf(call: Call, args: readonly unknown[]): Promise<unknown> {
    if (call === 'signIn' || call === 'signOut') {
      return vscode.commands.executeCommand(`tenantExplorer.${call}`, { tenantId: args[0] });
    }
    const method = api[call] as (...values: readonly unknown[]) => Promise<unknown>;
    return method(...args);
  }
}
