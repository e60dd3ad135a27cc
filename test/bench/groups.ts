/** Issue 3: a listing of 100,000 groups: how many requests, and how long for each row of it. */
import { startCore } from '../support/core.ts';
import { atMost, type Bench, count } from './support/report.ts';
import { onlyConnection, startServer } from './support/server.ts';

const tenant = { provider: 'powerbi', groups: 100_000, membersPerGroup: 20 } as const;

export const bench: Bench = {
  name: 'groups',
  run: async () => {
    const server = await startServer({ tenants: [tenant] });
    const core = startCore();
    try {
      const tenantId = await core.api.addTenant(onlyConnection(server));
      const { state, count: rows } = await core.sync.load({ list: 'groups', tenantId });
      if (state !== 'complete' || rows !== tenant.groups) throw new Error(`The load came to ${state} with ${rows} rows.`);
      const { requests } = await server.take();
      return [atMost(22, { measure: `requests: ${count(rows)} groups`, ours: requests.length, format: count })];
    } finally {
      await core.close();
      await server.stop();
    }
  },
};
