import { setTimeout as delay } from 'node:timers/promises';

/** What a thread went through. */
export interface ThreadSeen {
  /** The longest time by the clock in which it did not come round to a timer that was due, in milliseconds. */
  readonly stall: number;
  /** The most processor time that it took in one such time: its own part in a stall, on a machine that others use, too. */
  readonly slice: number;
  /** Bytes that its heap grew by at most, garbage included. */
  readonly heapPeak: number;
}

const interval = 2;

/** Watches the calling thread, without what it had to do before. */
export async function watchThread(): Promise<{ stop(): ThreadSeen }> {
  // Only there when Node was started with --expose-gc.
  globalThis.gc?.();
  await delay(200);
  const heapBefore = process.memoryUsage().heapUsed;
  let [stall, slice, heapPeak] = [0, 0, 0];
  let [clock, processor, sampled] = [performance.now(), threadTime(), 0];
  const look = () => {
    const [clockNow, processorNow] = [performance.now(), threadTime()];
    stall = Math.max(stall, clockNow - clock - interval);
    slice = Math.max(slice, processorNow - processor);
    [clock, processor] = [clockNow, processorNow];
    if (clockNow - sampled < 20) return;
    sampled = clockNow;
    heapPeak = Math.max(heapPeak, process.memoryUsage().heapUsed - heapBefore);
  };
  const timer = setInterval(look, interval);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return { stall, slice, heapPeak };
    },
  };
}

/** Processor time of the calling thread so far, in milliseconds. */
export function threadTime(): number {
  // Since Node 23.9, and not in the types of the oldest Node that the extension runs on.
  const { threadCpuUsage } = process as unknown as { threadCpuUsage(): { user: number; system: number } };
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1000;
}
