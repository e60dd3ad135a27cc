/** A million memberships: what they cost the thread that loads them, in Node alone and in VS Code, and the disk. */
import { openBenchWindow } from './support/benchWindow.ts';
import { type Loaded, loadInProcess, watchIdle } from './support/loadInProcess.ts';
import { atMost, type Bench, count, type Figure, type Format, megabytes, milliseconds } from './support/report.ts';
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
    const connection = onlyConnection(server);
    const window = await openBenchWindow();
    try {
      const loads: Loaded[] = [];
      const alone = await watched(async () => {
        const loaded = await loadInProcess(connection);
        loads.push(loaded);
        return loaded;
      });
      const inHost = await watched(() => window.carryOut('loadAll', { connection }));
      const disk = median(loads.map((loaded) => loaded.bytes / loaded.rows));
      return [
        ...figuresOf(alone, 'in Node alone'),
        ...figuresOf(inHost, 'in the extension host'),
        atMost(150, { measure: `${count(memberships)} memberships: on disk, for each`, ours: disk, format: bytes }),
      ];
    } finally {
      await window.close();
      await server.stop();
    }
  },
};

interface Watched {
  readonly ours: readonly ThreadSeen[];
  readonly idle: readonly ThreadSeen[];
}

/** Loads some times, while a thread without work watches itself beside it. */
async function watched(load: () => Promise<ThreadSeen & { rows: number }>): Promise<Watched> {
  const ours: ThreadSeen[] = [];
  const idle: ThreadSeen[] = [];
  for (let round = 0; round < rounds; round++) {
    const loading = load();
    const [loaded, beside] = await Promise.all([loading, watchIdle(loading)]);
    if (loaded.rows !== memberships) throw new Error(`${loaded.rows} rows were loaded.`);
    ours.push(loaded);
    idle.push(beside);
  }
  return { ours, idle };
}

function figuresOf({ ours, idle }: Watched, where: string): Figure[] {
  const seen = (pick: (seen: ThreadSeen) => number) => ({
    ours: median(ours.map(pick)),
    baseline: median(idle.map(pick)),
    than: 'a thread without work meanwhile',
  });
  const measure = (what: string) => `${count(memberships)} memberships, ${where}: ${what}`;
  return [
    atMost(64 * 2 ** 20, {
      measure: measure('most growth of the heap, garbage included'),
      ...{ ...seen(({ heapPeak }) => heapPeak), format: megabytes },
    }),
    atMost(50, {
      measure: measure('longest stall, in processor time of its own'),
      ...{ ...seen(({ slice }) => slice), format: milliseconds },
    }),
    atMost(50, {
      measure: measure('longest stall, by the clock'),
      ...{ ...seen(({ stall }) => stall), format: milliseconds },
    }),
  ];
}
