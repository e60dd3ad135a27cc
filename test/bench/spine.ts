/** Requests and clicks from opening the view to the first user row of a connected tenant. */
import { openBenchWindow } from './support/benchWindow.ts';
import { atMost, type Bench, count } from './support/report.ts';
import { onlyConnection, startServer } from './support/server.ts';

const tenant = { provider: 'powerbi', groups: 40, membersPerGroup: 8, name: 'Contoso' } as const;
/** Counted the same way in peers that were driven in VS Code against a local server; they are not part of this run. */
const bestPeer = { requests: 5, clicks: 3 };

export const bench: Bench = {
  name: 'spine',
  run: async () => {
    const server = await startServer({ tenants: [tenant] });
    const window = await openBenchWindow();
    try {
      const connections = [onlyConnection(server)];
      await window.carryOut('addTenants', { connections, load: false });
      await window.workbench.reload();
      await server.take();
      const tree = await window.workbench.openView('Tenants');
      const { page } = window.workbench;
      await page.evaluate(`globalThis.clicksCounted = 0;
        addEventListener('click', (event) => { if (event.isTrusted) clicksCounted += 1; }, true)`);
      const [group] = await tree.expand(tenant.name);
      if (group === undefined) throw new Error('The tenant shows no group.');
      const [user] = await tree.expand([tenant.name, group.label]);
      if (user === undefined || user.level !== 3 || user.description === '') throw new Error('No user is shown.');
      const clicks = await page.evaluate<number>('clicksCounted');
      const { requests } = await server.take();
      const than = 'the best-known peer, counted before';
      const measure = 'from opening the view to the first user:';
      return [
        atMost(2, {
          measure: `${measure} requests`,
          ...{ ours: requests.length, baseline: bestPeer.requests, than, format: count },
        }),
        atMost(2, { measure: `${measure} clicks`, ours: clicks, baseline: bestPeer.clicks, than, format: count }),
      ];
    } finally {
      await window.close();
      await server.stop();
    }
  },
};
