/** What a view says above its rows: what runs, once it lasts; else what there is to say. */
export interface BusyMessage {
  setBusy(isBusy: boolean): void;
  /** What is said while nothing runs. */
  setRest(message: string): void;
  dispose(): void;
}

/** @param patience milliseconds that something may run unmentioned: rows that move for a moment are worse than no word */
export function createBusyMessage(show: (message: string) => void, running: string, patience = 400): BusyMessage {
  let rest = '';
  let isTold = false;
  let timer: NodeJS.Timeout | undefined;

  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  return {
    setBusy: (isBusy) => {
      if (isBusy) {
        timer ??= setTimeout(() => {
          isTold = true;
          show(running);
        }, patience);
        return;
      }
      stop();
      if (isTold) show(rest);
      isTold = false;
    },
    setRest: (message) => {
      rest = message;
      if (!isTold) show(message);
    },
    dispose: stop,
  };
}
