/** Runs tasks of one key one after the other, those of different keys side by side. */
export type Sequencer = <T>(key: string, task: () => Promise<T>) => Promise<T>;

export function createSequencer(): Sequencer {
  const last = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const run = (last.get(key) ?? Promise.resolve()).then(task, task);
    last.set(key, run);
    const forget = () => {
      if (last.get(key) === run) last.delete(key);
    };
    run.then(forget, forget);
    return run;
  };
}
