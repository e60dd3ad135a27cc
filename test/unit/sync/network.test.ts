import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { lines } from '../../contract/lines.ts';
import { rejectsWith } from '../../contract/stage.ts';
import { plainPowerBI, plainUiPath } from '../../contract/tenants.ts';
import { type Core, type CoreOptions, startCore } from '../../support/core.ts';
import { type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { hold, silence, throttle } from '../../support/faults.ts';
import { quickPause } from '../../support/quickPause.ts';

const tenants = [plainPowerBI(2), plainPowerBI(2, 1, 'admin'), plainUiPath(2)];

describe('a network that fails', () => {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  async function open(options: CoreOptions = {}): Promise<{ core: Core; servers: FaultServer[]; ids: string[] }> {
    const core = startCore({ pause: quickPause, ...options });
    const servers = await Promise.all(tenants.map((tenant) => startFaultServer({ tenants: [tenant] })));
    opened.push(core, ...servers);
    const ids = await Promise.all(servers.flatMap(({ connections }) => connections.map(core.api.addTenant)));
    return { core, servers, ids };
  }

  async function endsIn({ api }: Core, id: string, state: string, kind: string): Promise<void> {
    const { items, completeness } = await api.groups(id);
    assert.deepEqual([items, completeness.state, completeness.kind], [[], state, kind], completeness.reason);
    assert.ok(completeness.reason);
    assert.equal((await api.loadAll(id)).kind, kind);
  }

  it('is offline where the connection is refused, and comes back', async () => {
    const { core, servers, ids } = await open();
    const { port } = new URL(servers[0]?.origin ?? '');
    await servers[0]?.close();
    await endsIn(core, ids[0] ?? '', 'failed', 'offline');
    const again = createServer((socket) => {
      const body = '{"value":[]}';
      socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    }).listen(Number(port), '127.0.0.1');
    await once(again, 'listening');
    assert.equal((await core.api.groups(ids[0] ?? '', { refresh: true })).completeness.state, 'complete');
    again.close();
  });

  it("is offline where the service's name is not known", async () => {
    const { core } = await open();
    await core.tenants.agreeToHost('no-such-host.invalid');
    const id = await core.api.addTenant({ ...connection(), endpoint: 'https://no-such-host.invalid' });
    await endsIn(core, id, 'failed', 'offline');
  });

  it('is offline where there is no TLS', async () => {
    const { core, servers } = await open();
    const endpoint = (servers[0]?.origin ?? '').replace('http:', 'https:');
    const id = await core.api.addTenant({ ...connection(), endpoint });
    await endsIn(core, id, 'failed', 'offline');
    assert.equal(servers[0]?.requests.length, 0);
  });

  it('is a bad response where something else than HTTP answers', async () => {
    const { core } = await open();
    const other = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const endpoint = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const id = await core.api.addTenant({ ...connection(), endpoint });
    await endsIn(core, id, 'failed', 'badResponse');
    other.close();
  });

  it('times out after silence, asked twice', async () => {
    const { core, servers, ids } = await open({ timeouts: { idle: 100, admin: 100 } });
    await Promise.all(
      ids.map(async (id, index) => {
        servers[index]?.add({ match: lines.anything, fault: silence() });
        const { completeness } = await core.api.groups(id);
        assert.deepEqual([completeness.state, completeness.kind], ['failed', 'timeout']);
        assert.equal(servers[index]?.requests.length, 2);
      }),
    );
  });

  it('gives calls of an admin their own time', async () => {
    const { core, servers, ids } = await open({ timeouts: { idle: 60_000, admin: 100 } });
    const [memberServer, adminServer] = servers;
    const held = hold();
    memberServer?.add({ match: lines.anything, fault: held.fault });
    adminServer?.add({ match: lines.anything, fault: silence() });
    const member = core.api.groups(ids[0] ?? '');
    await held.reached;
    const admin = await core.api.groups(ids[1] ?? '');
    assert.equal(admin.completeness.kind, 'timeout');
    held.release();
    assert.equal((await member).completeness.state, 'complete');
  });

  it('keeps the rows that came before the silence', async () => {
    const { core, servers, ids } = await open({ timeouts: { idle: 100, admin: 100 } });
    const [id = ''] = ids;
    const whole = await core.api.groups(id);
    servers[0]?.add({ match: lines.anything, fault: silence() });
    const { items, completeness } = await core.api.groups(id, { refresh: true });
    assert.deepEqual(items, whole.items);
    assert.deepEqual([completeness.state, completeness.asOf], ['failed', whole.completeness.asOf]);
  });

  it('reads no reply beyond the size cap', async () => {
    const { core, ids } = await open({ sizeCap: 200 });
    for (const id of ids) await endsIn(core, id, 'failed', 'badResponse');
  });

  it('waits as long as the service asks, if that is a minute at most', async () => {
    const waits: number[] = [];
    const { core, servers, ids } = await open({
      pause: async (milliseconds) => {
        waits.push(milliseconds);
      },
    });
    for (const time of [30, new Date(Date.now() + 45_000)]) {
      servers[0]?.add({ match: lines.anything, fault: throttle(time), times: 1 });
      assert.equal((await core.api.groups(ids[0] ?? '', { refresh: true })).completeness.state, 'complete');
    }
    assert.equal(servers[0]?.requests.length, 4);
    const [seconds = 0, date = 0] = waits;
    assert.ok(seconds > 20_000 && seconds <= 30_000 && date > 30_000 && date <= 45_000, String(waits));
    servers[2]?.add({ match: lines.anything, fault: throttle(61) });
    assert.equal((await core.api.groups(ids[2] ?? '')).completeness.state, 'throttled');
    assert.equal(waits.length, 2);
  });

  it('can be left while it waits for another try', async () => {
    const waiting = Promise.withResolvers<void>();
    const { core, servers, ids } = await open({
      pause: (_, signal) => {
        waiting.resolve();
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    servers[0]?.add({ match: lines.anything, fault: throttle(30) });
    const leaver = new AbortController();
    const leaving = rejectsWith('cancelled', core.api.groups(ids[0] ?? '', { signal: leaver.signal }));
    await waiting.promise;
    leaver.abort();
    await leaving;
    servers[0]?.heal();
    assert.equal((await core.api.groups(ids[0] ?? '')).completeness.state, 'complete');
  });
});

function connection() {
  const auth = { method: 'accessToken', accessToken: 'token' } as const;
  return { provider: 'powerbi', name: 'Contoso', auth };
}
