/** A tenant read whole as its member, against the same requests sent by a bare loop. */
import nodeFetch from 'node-fetch';
import { startCore } from '../support/core.ts';
import { inFlight } from './support/inFlight.ts';
import { atMost, atMostTimes, type Bench, count, milliseconds } from './support/report.ts';
import { interleaved, timed } from './support/rounds.ts';
import { onlyConnection, type Server, startServer } from './support/server.ts';

const rounds = 3;
const concurrency = 8;
const tenant = { provider: 'powerbi', groups: 1000, membersPerGroup: 20 } as const;

export const bench: Bench = {
  name: 'members',
  run: async () => {
    const server = await startServer({ tenants: [tenant], latency: 50 });
    try {
      await load(server);
      const { requests } = await server.take();
      const { ours, baseline } = await interleaved(rounds, {
        ours: () => load(server),
        baseline: () => timed(() => sendBare(server, requests)),
      });
      const measure = `${tenant.groups} groups × ${tenant.membersPerGroup} members, 50 ms latency`;
      return [
        atMost(1002, { measure: `requests: ${measure}`, ours: requests.length, format: count }),
        atMostTimes(1.15, {
          measure: `loadAll, member scope: ${measure}`,
          than: `a bare loop, ${concurrency} in flight`,
          ...{ ours, baseline, format: milliseconds },
        }),
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
      const expected = tenant.groups * tenant.membersPerGroup;
      if (state !== 'complete' || rows !== expected) throw new Error(`loadAll came to ${state} with ${rows} rows.`);
    });
  } finally {
    await core.close();
  }
}

/** The listing of groups page by page, as it must be; then the rest, so many at once. */
async function sendBare(server: Server, requests: readonly string[]): Promise<void> {
  const headers = { authorization: `Bearer ${onlyConnection(server).auth.accessToken}` };
  const send = async (line: string) => {
    const reply = await nodeFetch(new URL(line.slice('GET '.length), server.origin), { headers });
    if (!reply.ok) throw new Error(`${line} was answered with ${reply.status}.`);
    await reply.arrayBuffer();
  };
  const isGroups = (line: string) => /\/groups\?/.test(line);
  for (const line of requests.filter(isGroups)) await send(line);
  await inFlight(
    concurrency,
    requests.filter((line) => !isGroups(line)),
    send,
  );
}
