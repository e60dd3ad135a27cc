/**
 * Expanding groups that are in the store, against a bare tree with the same labels.
 * The same as the first thing after a reload, with no request.
 */
import { join } from 'node:path';
import type { GeneratedTenantOptions } from '../../src/sandbox/generatedTenant.ts';
import { openBenchWindow } from './support/benchWindow.ts';
import { expandUntilPainted } from './support/paintTime.ts';
import { atMost, atMostTimes, type Bench, count, milliseconds, told } from './support/report.ts';
import { interleaved, interleavedSeries, median } from './support/rounds.ts';
import { startServer } from './support/server.ts';
import { rootOf, writeBareTree } from './support/tinyExtensions.ts';

const rounds = 5;
const most = 1.25;
const small = tenantOf('Ten', 10, 1);
const large = tenantOf('A thousand', 1000, 2);
const largest = tenantOf('Ten thousand', 10_000, 3);
const views = { ours: 'Tenants', baseline: 'Bare Groups' } as const;
type Side = keyof typeof views;

export const bench: Bench = {
  name: 'tree',
  run: async () => {
    const tenants = [small, large, largest];
    const roots = tenants.map(rootOf);
    const server = await startServer({ tenants });
    const window = await openBenchWindow({
      // As many rows at once as the baseline has.
      settings: { 'tenantExplorer.pageSize': largest.groups },
      writeExtensions: (folder) => {
        writeBareTree(join(folder, 'bare'), roots);
        return ['bare'];
      },
    });
    try {
      const { workbench } = window;
      await window.carryOut('addTenants', { connections: server.connections, load: true });
      await server.take();
      const whole: Record<Side, number[]> = { ours: [], baseline: [] };
      const expand = async (side: Side, tenant: GeneratedTenantOptions) => {
        await workbench.openView(views[side]);
        const { label, children } = rootOf(tenant);
        const painted = await expandUntilPainted(workbench.page, {
          ...{ pane: views[side], row: label, child: String(children[0]), children: children.length },
        });
        if (tenant === largest) whole[side].push(painted.wholeTook);
        return painted.took;
      };
      const first = await interleaved(
        rounds,
        bothSides(async (side) => {
          await workbench.reload();
          return expand(side, largest);
        }),
      );
      const warm = await interleavedSeries(rounds, {
        // What the window itself does for the first time is done by then.
        before: async () => {
          await workbench.reload();
          for (const side of ['ours', 'baseline'] as const) await expand(side, small);
        },
        series: {
          large: bothSides((side) => expand(side, large)),
          largest: bothSides((side) => expand(side, largest)),
        },
      });
      const { requests } = await server.take();
      const than = 'bare tree';
      const format = milliseconds;
      return [
        atMostTimes(most, {
          measure: `click to first row, ${count(large.groups)} groups`,
          ...warm.large,
          than,
          format,
        }),
        atMostTimes(most, {
          measure: `click to first row, ${count(largest.groups)} groups`,
          ...warm.largest,
          than,
          format,
        }),
        atMostTimes(most, {
          measure: `the same as the first after a reload, ${count(largest.groups)} groups`,
          ...{ ...first, than, format },
        }),
        told({
          measure: `click to all ${count(largest.groups)} rows in the list, most of them unseen`,
          ...{ ours: median(whole.ours), baseline: median(whole.baseline), than, format },
        }),
        atMost(0, { measure: 'requests for all of these', ours: requests.length, format: count }),
      ];
    } finally {
      await window.close();
      await server.stop();
    }
  },
};

function bothSides(work: (side: Side) => Promise<number>): Record<Side, () => Promise<number>> {
  return { ours: () => work('ours'), baseline: () => work('baseline') };
}

function tenantOf(name: string, groups: number, seed: number) {
  return { provider: 'powerbi', name, groups, membersPerGroup: 1, seed } as const satisfies GeneratedTenantOptions;
}
