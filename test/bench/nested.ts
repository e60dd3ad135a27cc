/** A directory whose groups are a tree, read whole, against the same requests sent by a bare loop. */
import { entra } from '../../src/providers/entra/index.ts';
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
        baseline: () => timed(() => sendBare(server, requests.length)),
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

/** The listing of groups page by page; then one request a group, as ours are. */
async function sendBare(server: Server, expected: number): Promise<void> {
  const { auth, ...connection } = onlyConnection(server);
  const headers = { authorization: `Bearer ${auth.accessToken}`, 'content-type': 'application/json' };
  let sent = 0;
  const send = async (url: string, body?: string) => {
    const reply = await fetch(url, { headers, ...(body === undefined ? {} : { method: 'POST', body }) });
    if (!reply.ok) throw new Error(`${url} was answered with ${reply.status}.`);
    sent += 1;
    return (await reply.json()) as {
      readonly value?: readonly { readonly id: string }[];
      readonly '@odata.nextLink'?: string;
    };
  };
  const stored = { ...connection, signIn: 'accessToken' } as const;
  const ids: string[] = [];
  for (let url: string | undefined = entra.requests.groups(stored).url; url !== undefined; ) {
    const { value = [], '@odata.nextLink': next } = await send(url);
    ids.push(...value.map(({ id }) => id));
    url = next;
  }
  await inFlight(concurrency, ids, async (id) => {
    const { inOne } = entra.requests.members(stored, { id, tenantId: '', name: id, kind: 'security', details: { id } });
    if (!inOne) throw new Error('The members and the apps of a group are not asked for in one.');
    await send(inOne.url, inOne.body);
  });
  if (sent !== expected) throw new Error(`The bare loop sent ${sent} requests, not ${expected}.`);
}
