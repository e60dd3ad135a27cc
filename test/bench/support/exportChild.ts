/** Exports a tenant of a store in a process whose main thread does nothing else. Started with --expose-gc. */
import type { Worker } from 'node:worker_threads';
import { exportGrants } from './exportGrants.ts';
import { type ThreadSeen, watchThread } from './watchThread.ts';

export interface ExportAsked {
  readonly store: string;
  readonly tenantId: string;
  /** With the extension of its format. */
  readonly file: string;
}

export interface ExportSeen extends ThreadSeen {
  readonly rows: number;
  /** Bytes of the heaps of all threads at most, beyond those before. */
  readonly heaps: number;
  /** Bytes of the process that were resident at most, beyond those before. */
  readonly resident: number;
}

const interval = 10;

process.once('message', (asked: ExportAsked) => {
  void exportAll(asked).then((seen) => process.send?.(seen, () => process.exit()));
});

async function exportAll(asked: ExportAsked): Promise<ExportSeen> {
  const watch = await watchThread();
  const memory = watchMemory();
  const { rows } = await exportGrants(asked);
  return { ...watch.stop(), ...memory.stop(), rows };
}

/** Of the whole process, the threads included that it starts. */
function watchMemory(): { stop(): Pick<ExportSeen, 'heaps' | 'resident'> } {
  const before = process.memoryUsage();
  let [heaps, resident] = [0, 0];
  let thread: Worker | undefined;
  process.on('worker', (started) => {
    thread = started;
    started.once('exit', () => {
      thread = undefined;
    });
  });
  const look = async () => {
    const { rss, heapUsed } = process.memoryUsage();
    resident = Math.max(resident, rss - before.rss);
    // It may end meanwhile.
    const own = await thread?.getHeapStatistics().catch(() => undefined);
    heaps = Math.max(heaps, heapUsed - before.heapUsed + (own?.used_heap_size ?? 0));
  };
  const timer = setInterval(() => void look(), interval);
  return {
    stop: () => {
      clearInterval(timer);
      return { heaps, resident };
    },
  };
}
