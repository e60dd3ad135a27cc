/** Issue 3: a million memberships: what they cost the thread that loads them, and the disk. */
import { type Loaded, loadInProcess, watchIdle } from './support/loadInProcess.ts';
import { atMost, type Bench, count, type Format, megabytes, milliseconds } from './support/report.ts';
import { median } from './support/rounds.ts';
import { onlyConnection, startServer } from './support/server.ts';
import type { ThreadSeen } from './support/watchThread.ts';

const rounds = 3;
const tenant = { provider: 'powerbi', scope: 'admin', groups: 50_000, membersPerGroup: 20 } as const;
const memberships = tenant.groups * tenant.membersPerGroup;
const bytes: Format = (value) => `${value.toFixed(1)} B`;

export const bench: Bench = {
  name: 'million',
  run: async () => {
    const server = await startServer({ tenants: [tenant] });
    const loads: Loaded[] = [];
    const idles: ThreadSeen[] = [];
    try {
      for (let round = 0; round < rounds; round++) {
        const loading = loadInProcess(onlyConnection(server));
        const [loaded, idle] = await Promise.all([loading, watchIdle(loading)]);
        if (loaded.rows !== memberships) throw new Error(`${loaded.rows} rows were loaded.`);
        loads.push(loaded);
        idles.push(idle);
      }
    } finally {
      await server.stop();
    }
    const than = 'a thread without work meanwhile';
    const seen = (pick: (seen: ThreadSeen) => number) => ({
      ours: median(loads.map(pick)),
      baseline: median(idles.map(pick)),
      than,
    });
    const measure = (what: string) => `${count(memberships)} memberships: ${what}`;
    return [
      atMost(64 * 2 ** 20, {
        measure: measure("the loading thread's heap grows at most by, garbage included"),
        ...{ ...seen(({ heapPeak }) => heapPeak), format: megabytes },
      }),
      atMost(50, {
        measure: measure('its longest stall, in processor time of its own'),
        ...{ ...seen(({ slice }) => slice), format: milliseconds },
      }),
      atMost(50, {
        measure: measure('its longest stall, by the clock'),
        ...{ ...seen(({ stall }) => stall), format: milliseconds },
      }),
      atMost(150, {
        measure: measure('on disk, for each'),
        ours: median(loads.map((loaded) => loaded.bytes / loaded.rows)),
        format: bytes,
      }),
    ];
  },
};
