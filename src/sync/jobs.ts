import { type Shared, share } from './shared.ts';

/** A run under way, with what its starter wants to know of it. */
export type Job<T, About> = Shared<T> & About;

/** Runs by key: equal work is one run. A run that is being stopped makes room at once: nobody gets its answer. */
export interface Jobs<T, About> {
  /** The run that a caller can join. */
  get(key: string): Job<T, About> | undefined;
  /** @param onEnd called when the run has settled, unless another one took its place */
  start(key: string, about: About, run: (signal: AbortSignal) => Promise<T>, onEnd: () => void): Job<T, About>;
  /** The runs that can be joined or stopped. */
  all(): Iterable<Job<T, About>>;
  /** Stops runs, for all who wait. */
  stop(isMeant: (about: About, key: string) => boolean): void;
  /** Resolves when none of the runs of this moment runs any more. */
  settled(): Promise<void>;
}

export function createJobs<T, About extends object>(): Jobs<T, About> {
  const jobs = new Map<string, Job<T, About>>();
  const running = new Set<Promise<unknown>>();
  return {
    get: (key) => {
      const job = jobs.get(key);
      return job?.isStopped() ? undefined : job;
    },
    start: (key, about, run, onEnd) => {
      const shared = share(run, () => {
        running.delete(shared.ended);
        if (jobs.get(key) !== job) return;
        jobs.delete(key);
        onEnd();
      });
      const job: Job<T, About> = Object.assign(about, shared);
      running.add(shared.ended);
      jobs.set(key, job);
      return job;
    },
    all: () => jobs.values(),
    stop: (isMeant) => {
      for (const [key, job] of jobs) if (isMeant(job, key)) job.cancel();
    },
    settled: async () => {
      await Promise.all(running);
    },
  };
}
