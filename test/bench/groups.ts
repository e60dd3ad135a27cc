/** A listing of 100,000 groups, opened in the tree: how many requests, and when its first page is seen. */
import { join } from 'node:path';
import type { GeneratedTenantOptions } from '../../src/sandbox/generatedTenant.ts';
import { openBenchWindow } from './support/benchWindow.ts';
import { expandUntilPainted } from './support/paintTime.ts';
import { atMost, atMostTimes, type Bench, count, milliseconds } from './support/report.ts';
import { interleaved, median } from './support/rounds.ts';
import { startServer } from './support/server.ts';
import { rootOf, writeBareTree } from './support/tinyExtensions.ts';

const groups = 100_000;
const pageSize = 1000;
const rounds = 3;

export const bench: Bench = {
  name: 'groups',
  run: async () => {
    // One for each round: a listing is loaded when it is opened for the first time.
    const tenants = Array.from({ length: rounds }, (_, round) => tenantOf(`Large ${round + 1}`, groups, round + 1));
    const page = rootOf(tenantOf('Page', pageSize, 1));
    const firstChild = String(page.children[0]);
    const server = await startServer({ tenants });
    const window = await openBenchWindow({
      settings: { 'tenantExplorer.pageSize': pageSize },
      writeExtensions: (folder) => {
        writeBareTree(join(folder, 'bare'), [page]);
        return ['bare'];
      },
    });
    try {
      const { workbench } = window;
      await window.carryOut('addTenants', { connections: server.connections, load: false });
      const requests: number[] = [];
      const measures = {
        ours: async () => {
          const tenant = tenants[requests.length];
          if (tenant === undefined) throw new Error('There is no further tenant.');
          await workbench.openView('Tenants');
          const { at } = await expandUntilPainted(workbench.page, {
            ...{ pane: 'Tenants', row: tenant.name, child: firstChild, children: 1 },
          });
          const told = await server.take();
          requests.push(told.requests.length);
          return at - told.lastReplyAt;
        },
        baseline: async () => {
          // Bare rows are made anew only in a fresh window.
          await workbench.reload();
          await workbench.openView('Bare Groups');
          const expanded = { pane: 'Bare Groups', row: page.label, child: firstChild, children: 1 };
          return (await expandUntilPainted(workbench.page, expanded)).took;
        },
      };
      const times = await interleaved(rounds, measures);
      return [
        atMost(22, { measure: `requests: ${count(groups)} groups`, ours: median(requests), format: count }),
        atMostTimes(1.25, {
          measure: `last reply to first page, ${count(groups)} groups`,
          ...{ ...times, than: `bare tree, click to ${count(pageSize)} rows`, format: milliseconds },
        }),
      ];
    } finally {
      await window.close();
      await server.stop();
    }
  },
};

function tenantOf(name: string, size: number, seed: number) {
  return {
    provider: 'powerbi',
    name,
    groups: size,
    membersPerGroup: 1,
    seed,
  } as const satisfies GeneratedTenantOptions;
}
