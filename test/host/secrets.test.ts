import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import * as vscode from 'vscode';
import type { TenantExplorerApi } from '../../src/api.ts';
import type { SandboxTenant } from '../../src/sandbox/tenant.ts';
import { echoes } from '../contract/echo.ts';
import { lines } from '../contract/lines.ts';
import { rejectsWith } from '../contract/stage.ts';
import { plainPowerBI, plainUiPath } from '../contract/tenants.ts';
import { type FaultServer, startFaultServer } from '../support/faultServer.ts';
import { redirect } from '../support/faults.ts';

const canary = `canary${'0123456789abcdef'.repeat(8)}`;
const isTold = /canary0123456789|0123456789abcdef0123456789abcdef/;

/**
 * Everything that VS Code writes on this machine: settings, storage of extensions and workspaces, state, logs. Where
 * the window is in a browser, its SecretStorage is there, out of reach; on a desktop it is here, encrypted. A server
 * whose native modules were not built writes no log files: what is logged, the unit test of the same name looks at.
 */
function dataFolder(projectFolder: string): string {
  const { TEST_OUTPUT_FILE } = process.env;
  return TEST_OUTPUT_FILE === undefined
    ? join(projectFolder, '.vscode-test/desktop/user-data')
    : dirname(TEST_OUTPUT_FILE);
}

describe('a token in VS Code', () => {
  const servers: FaultServer[] = [];
  let api: TenantExplorerApi;
  let folder: string;

  before(async () => {
    const extension = vscode.extensions.getExtension<TenantExplorerApi>('tenant-explorer.tenant-explorer');
    assert.ok(extension);
    api = await extension.activate();
    folder = dataFolder(extension.extensionPath);
  });
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  async function serve(tenant: SandboxTenant) {
    const server = await startFaultServer({ tenants: [{ ...tenant, accessToken: canary }] });
    servers.push(server);
    const [connection] = server.connections;
    assert.ok(connection);
    return { server, tenantId: await api.addTenant(connection) };
  }

  function filesOf(): string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  }

  /** What a file holds; nothing where it has just been removed. */
  function contentOf(path: string): string {
    try {
      return readFileSync(path, 'latin1');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
  }

  function assertNowhere(): void {
    const files = filesOf();
    for (const name of ['tenants.sqlite', 'tenants.sqlite-wal', 'settings.json']) {
      assert.ok(
        files.some((file) => file.endsWith(name)),
        `${name} is not among the files looked at`,
      );
    }
    for (const file of files) {
      const content = contentOf(file);
      assert.doesNotMatch(content, isTold, file);
      // As some stores of text keep it.
      assert.doesNotMatch(content.replaceAll('\0', ''), isTold, file);
    }
    assert.doesNotMatch(JSON.stringify(vscode.workspace.getConfiguration()), isTold);
  }

  it('is in no file and no setting while it is used, and after its tenant is gone', async () => {
    for (const tenant of [plainPowerBI(3, 2), plainUiPath(3, 2, 'null')]) {
      const { server, tenantId } = await serve(tenant);
      assert.equal((await api.loadAll(tenantId)).state, 'complete');
      assertNowhere();
      assert.ok(
        filesOf().some((file) => contentOf(file).includes(tenant.name)),
        'the store is not looked at',
      );
      for (const { line } of server.requests) assert.doesNotMatch(line, isTold);
      assert.doesNotMatch(inspect(await api.tenants(), { depth: 9 }), isTold);
      await api.removeTenant(tenantId);
      await rejectsWith('notFound', api.groups(tenantId));
      assertNowhere();
    }
  });

  it('is not told when a service repeats it', async () => {
    for (const fault of Object.values(echoes)) {
      const { server, tenantId } = await serve(plainPowerBI(2));
      server.add({ match: lines.anything, fault });
      const { completeness } = await api.groups(tenantId);
      assert.ok(completeness.reason);
      assert.doesNotMatch(inspect(completeness), isTold);
      await vscode.commands.executeCommand('tenantExplorer.refresh', { tenantId });
      await api.removeTenant(tenantId);
    }
    assertNowhere();
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await startFaultServer({ tenants: [plainPowerBI(1)] });
    servers.push(elsewhere);
    const { server, tenantId } = await serve(plainPowerBI(1));
    server.add({ match: lines.anything, fault: redirect(`${elsewhere.origin.replace('127.0.0.1', 'localhost')}/x`) });
    const { completeness } = await api.groups(tenantId);
    assert.deepEqual([completeness.state, completeness.kind], ['failed', 'badResponse']);
    assert.deepEqual([server.requests.length, elsewhere.requests.length], [1, 0]);
    await api.removeTenant(tenantId);
  });
});
