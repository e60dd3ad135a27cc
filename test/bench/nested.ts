/** A directory whose groups are a tree, read whole, against the same requests sent by a bare loop. */
import { startCore } from '../support/core.ts';
import { inFlight } from './support/inFlight.ts';
import { atMostTimes, type Bench, count, milliseconds, told } from './support/report.ts';
import { interleaved, timed } from './support/rounds.ts';
import { onlyConnection, type Server, startServer } from './support/server.ts';

const rounds = 3;
const concurrency = 8;
const tenant = { provider: 'entra', groups: 250, membersPerGroup: 20, people: 5000, groupsPerGroup: 3 } as const;

export const bench: Bench = {
  name: 'nested',
  run: async () => {
    const server = await startServer({ tenants: [tenant], latency: 50 });
    try {
      await load(server);
      const { requests } = await server.take();
      const { ours, baseline } = await interleaved(rounds, {
        ours: () => load(server),
        baseline: () => timed(() => sendBare(server, requests)),
      });
      const measure = `${count(tenant.people)} members in a tree of ${tenant.groups} groups, 50 ms latency`;
      const than = `a bare loop, ${concurrency} in flight`;
      return [
        told({
          measure: `requests: ${measure}`,
          ...{ ours: requests.length, baseline: tenant.groups + 1, than: 'one a group and one page', format: count },
        }),
        atMostTimes(1.15, { measure: `expanded: ${measure}`, than, ours, baseline, format: milliseconds }),
      ];
    } finally {
      await server.stop();
    }
  },
};

async function load(server: Server): Promise<number> {
  const core = startCore({ concurrency });
  try {
    const tenantId = await core.api.addTenant(onlyConnection(server));
    return await timed(async () => {
      const { state, count: rows } = await core.api.loadAll(tenantId);
      // All groups but one are in another one.
      const expected = tenant.groups * tenant.membersPerGroup + tenant.groups - 1;
      if (state !== 'complete' || rows !== expected) throw new Error(`loadAll came to ${state} with ${rows} rows.`);
    });
  } finally {
    await core.close();
  }
}

/** The listing of groups page by page; then each group's requests one after the other, so many groups at once. */
async function sendBare(server: Server, requests: readonly string[]): Promise<void> {
  const headers = { authorization: `Bearer ${onlyConnection(server).auth.accessToken}`, ConsistencyLevel: 'eventual' };
  const send = async (line: string) => {
    const reply = await fetch(new URL(line.slice('GET '.length), server.origin), { headers });
    if (!reply.ok) throw new Error(`${line} was answered with ${reply.status}.`);
    await reply.arrayBuffer();
  };
  const groupOf = (line: string) => /\/groups\/([^/?]+)/.exec(line)?.[1] ?? '';
  const chains = Map.groupBy(requests, groupOf);
  const sendAll = async (lines: readonly string[]) => {
    for (const line of lines) await send(line);
  };
  await sendAll(chains.get('') ?? []);
  chains.delete('');
  await inFlight(concurrency, chains.values(), sendAll);
}
