/** Ten times the members, at most eleven times the time. */
import { loadInProcess } from './support/loadInProcess.ts';
import { atMostTimes, type Bench, count, type Figure, milliseconds } from './support/report.ts';
import { interleaved } from './support/rounds.ts';
import { onlyConnection, startServer } from './support/server.ts';

const membersPerGroup = 20;
const sizes = [1000, 10_000, 100_000, 1_000_000];
const rounds = 3;

export const bench: Bench = {
  name: 'growth',
  run: async () => {
    const times = await interleaved(rounds, Object.fromEntries(sizes.map((size) => [String(size), () => load(size)])));
    return sizes.slice(1).map((size): Figure => {
      const smaller = size / 10;
      const [ours, baseline] = [times[size] ?? Number.NaN, times[smaller] ?? Number.NaN];
      const measure = `loadAll, admin scope, ${count(size)} memberships`;
      return atMostTimes(11, { measure, ours, baseline, than: count(smaller), format: milliseconds });
    });
  },
};

async function load(size: number): Promise<number> {
  const groups = size / membersPerGroup;
  const server = await startServer({ tenants: [{ provider: 'powerbi', scope: 'admin', groups, membersPerGroup }] });
  try {
    const { took, rows } = await loadInProcess(onlyConnection(server));
    if (rows !== size) throw new Error(`${rows} rows were loaded.`);
    return took;
  } finally {
    await server.stop();
  }
}
