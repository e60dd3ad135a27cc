import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { idsOf, rejectsWith } from '../contract/stage.ts';
import { useInstalled } from './installed.ts';

/** Answers by address, page by page; a number is a status, nothing no answer at all. */
const club = new Map<string, readonly object[][] | number | undefined>();

describe('a provider of another extension', () => {
  const stage = useInstalled();
  const arrived = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  let server: Server;

  before(async () => {
    const sample = vscode.extensions.getExtension('tenant-explorer-samples.sample-provider');
    assert.ok(sample, 'the sample extension is not installed');
    await sample.activate();
    server = createServer((request, reply) => {
      const url = new URL(request.url ?? '', 'http://club');
      const pages = club.get(url.pathname);
      const page = Number(url.searchParams.get('page'));
      if (request.headers.authorization !== 'Bearer secret') return reply.writeHead(401).end();
      if (pages === undefined) {
        arrived.resolve();
        return void reply.once('close', gone.resolve);
      }
      if (typeof pages === 'number') return reply.writeHead(pages, { 'retry-after': '3600' }).end();
      return reply.end(JSON.stringify({ items: pages[page - 1] ?? [], hasMore: page < pages.length }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    club.clear();
    club.set('/teams', [[{ id: 'a', name: 'Archers' }], [{ id: 'b/1', name: 'Bowlers', league: 'North' }]]);
    club.set('/teams/a/players', [[{ id: '1', name: 'Zoë Sample', mail: 'zoe@club.example', role: 'Captain' }]]);
    club.set('/teams/b%2F1/players', 403);
  });

  function connect(accessToken = 'secret'): Promise<string> {
    const { port } = server.address() as AddressInfo;
    const endpoint = `http://127.0.0.1:${port}`;
    return stage.add({ provider: 'club', name: 'Club', endpoint, auth: { method: 'accessToken', accessToken } });
  }

  it('shows its tenant, groups and members as our own do', async () => {
    const tenantId = await connect();
    const tenants = await stage.api.tenants();
    assert.deepEqual(
      tenants.find(({ id }) => id === tenantId),
      { id: tenantId, provider: 'club', name: 'Club' },
    );
    const { items, completeness } = await stage.api.groups(tenantId);
    assert.deepEqual([idsOf(items), completeness.state], [['a', 'b/1'], 'complete']);
    assert.deepEqual(items[1]?.details, { id: 'b/1', name: 'Bowlers', league: 'North' });
    const members = await stage.api.members(tenantId, 'a');
    const [zoe] = members.items;
    assert.deepEqual([zoe?.name, zoe?.email, zoe?.accessRight], ['Zoë Sample', 'zoe@club.example', 'Captain']);
  });

  it('has rows in the tree', async () => {
    const tenantId = await connect();
    await stage.api.loadAll(tenantId);
    const shown = () => vscode.window.activeTextEditor?.document.getText() ?? '';
    // The details of the row that is selected: a group is revealed, which selects its row. Rows may not be painted yet;
    // then one is asked for.
    const deadline = Date.now() + 40_000;
    while (!/"name": "Bowlers"/.test(shown())) {
      assert.ok(Date.now() < deadline, `shown is ${shown()}`);
      await vscode.commands.executeCommand('tenantExplorer.showInTenants', { tenantId, groupId: 'b/1' });
      const showing = vscode.commands.executeCommand('tenantExplorer.showDetails');
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await showing;
    }
    assert.match(shown(), /"kind": "custom"/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is searched with all others', async () => {
    const tenantId = await connect();
    const whole = await stage.api.loadAll(tenantId);
    assert.deepEqual([whole.state, whole.count], ['partial', 1]);
    const { items } = await stage.api.findAccess('zoe sample');
    const [found] = items.filter((one) => one.tenantId === tenantId);
    assert.deepEqual([found?.groupName, found?.member.accessRight, found?.path], ['Archers', 'Captain', []]);
  });

  it('is understood when it fails', async () => {
    const tenantId = await connect();
    await stage.api.groups(tenantId);
    const stateOf = async (groupId: string) => {
      const { completeness } = await stage.api.members(tenantId, groupId, { refresh: true });
      return [completeness.state, completeness.kind];
    };
    assert.deepEqual(await stateOf('b/1'), ['denied', 'forbidden']);
    for (const [status, state, kind] of [
      [429, 'throttled', 'throttled'],
      [500, 'failed', 'unavailable'],
      [404, 'failed', 'notFound'],
    ] as const) {
      club.set('/teams/b%2F1/players', status);
      assert.deepEqual(await stateOf('b/1'), [state, kind]);
    }
    const { completeness } = await stage.api.groups(await connect('wrong'));
    assert.deepEqual([completeness.state, completeness.kind], ['failed', 'notSignedIn']);
  });

  it('is told when a load is cancelled', async () => {
    const tenantId = await connect();
    await stage.api.groups(tenantId);
    club.set('/teams/a/players', undefined);
    const leaver = new AbortController();
    const leaving = rejectsWith('cancelled', stage.api.members(tenantId, 'a', { signal: leaver.signal }));
    await arrived.promise;
    leaver.abort();
    await leaving;
    // The provider ended its request.
    await gone.promise;
  });
});
