/** 500 changes of access, each recorded and its group read back, against the same requests sent by a bare loop. */
import type { Wish } from '../../src/core/changes/changes.ts';
import { startCore } from '../support/core.ts';
import { inFlight } from './support/inFlight.ts';
import { atMost, atMostTimes, type Bench, count, milliseconds } from './support/report.ts';
import { interleaved, timed } from './support/rounds.ts';
import { onlyConnection, type Server, startServer } from './support/server.ts';

const rounds = 3;
const concurrency = 8;
const changes = 500;
const tenant = { provider: 'powerbi', groups: 100, membersPerGroup: 20 } as const;

export const bench: Bench = {
  name: 'changes',
  run: async () => {
    let requests: readonly string[] = [];
    const { ours, baseline } = await interleaved(rounds, {
      ours: () =>
        onFresh(async (server) => {
          const { took, sent } = await change(server);
          requests = sent;
          return took;
        }),
      baseline: () => onFresh((server) => timed(() => sendBare(server, requests))),
    });
    const measure = `${changes} changes in ${tenant.groups} groups, 50 ms latency`;
    return [
      // Each change, and each group read back once.
      atMost(changes + tenant.groups, { measure: `requests: ${measure}`, ours: requests.length, format: count }),
      atMostTimes(1.15, {
        measure: `carried out, recorded and read back: ${measure}`,
        than: `a bare loop, ${concurrency} in flight`,
        ...{ ours, baseline, format: milliseconds },
      }),
    ];
  },
};

/** What is changed is changed for good: each time on a server of its own. */
async function onFresh(work: (server: Server) => Promise<number>): Promise<number> {
  const server = await startServer({ tenants: [tenant], latency: 50 });
  try {
    return await work(server);
  } finally {
    await server.stop();
  }
}

async function change(server: Server): Promise<{ readonly took: number; readonly sent: readonly string[] }> {
  const core = startCore({ concurrency });
  try {
    const tenantId = await core.api.addTenant(onlyConnection(server));
    await core.store.writer.setAllowsChanges(tenantId, true);
    const { items: groups } = await core.api.groups(tenantId);
    const pipeline = await core.sync.changes();
    const { signal } = new AbortController();
    const wishes = Array.from({ length: changes }, (_, index): Wish => {
      const { identifier } = newcomer(index);
      const principal = { identifier, principalType: 'user', name: identifier };
      const groupId = groups[index % groups.length]?.id ?? '';
      return { kind: 'addMember', tenantId, groupId, principal, accessRight: 'Viewer' };
    });
    const plan = await pipeline.plan(wishes, signal);
    await server.take();
    const took = await timed(async () => {
      const { results } = await pipeline.apply(plan, { signal });
      const done = results.filter(({ outcome, isSeen }) => outcome === 'applied' && isSeen);
      if (done.length !== changes) throw new Error(`${done.length} changes were made and seen.`);
    });
    return { took, sent: (await server.take()).requests };
  } finally {
    await core.close();
  }
}

function newcomer(index: number) {
  const identifier = `new${index}@generated.example`;
  return { identifier, emailAddress: identifier, principalType: 'User', groupUserAccessRight: 'Viewer' };
}

async function sendBare(server: Server, requests: readonly string[]): Promise<void> {
  const headers = {
    authorization: `Bearer ${onlyConnection(server).auth.accessToken}`,
    'content-type': 'application/json',
  };
  let sent = 0;
  await inFlight(concurrency, requests, async (line) => {
    const [method = '', path = ''] = line.split(' ');
    const body = method === 'GET' ? {} : { body: JSON.stringify(newcomer(sent++)) };
    const reply = await fetch(new URL(path, server.origin), { method, headers, ...body });
    if (!reply.ok) throw new Error(`${line} was answered with ${reply.status}.`);
    await reply.arrayBuffer();
  });
}
