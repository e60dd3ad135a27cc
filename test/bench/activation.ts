/** Loading and activating the extension, against an ES-module extension that does nothing. */
import { join } from 'node:path';
import { openBenchWindow } from './support/benchWindow.ts';
import { type Bench, type Figure, milliseconds } from './support/report.ts';
import { interleaved, median } from './support/rounds.ts';
import { writeEmptyExtension } from './support/tinyExtensions.ts';

const rounds = 7;
const mostMore = 15;
const extensions = { ours: 'tenant-explorer.tenant-explorer', baseline: 'bench.empty' } as const;
type Side = keyof typeof extensions;

export const bench: Bench = {
  name: 'activation',
  run: async () => {
    const window = await openBenchWindow({
      writeExtensions: (folder) => {
        writeEmptyExtension(join(folder, 'empty'));
        return ['empty'];
      },
    });
    const processor: Record<Side, number[]> = { ours: [], baseline: [] };
    // Each in an extension host of its own: what the first ES module pays for, it pays for in both.
    const activate = async (side: Side) => {
      const told = await window.carryOut('activate', { extensionId: extensions[side] });
      processor[side].push(told.processor);
      return told.took;
    };
    try {
      const took = await interleaved(rounds, { ours: () => activate('ours'), baseline: () => activate('baseline') });
      return [
        figure('load + activate in a fresh host, by the clock', took.ours, took.baseline),
        figure("the same in processor time of the host's thread", median(processor.ours), median(processor.baseline)),
      ];
    } finally {
      await window.close();
    }
  },
};

function figure(measure: string, ours: number, baseline: number): Figure {
  return {
    measure,
    ours: milliseconds(ours),
    baseline: `${milliseconds(baseline)} (an empty ES-module extension)`,
    ratio: ours / baseline,
    goal: `≤ ${milliseconds(mostMore)} more`,
    isMet: ours - baseline <= mostMore,
  };
}
