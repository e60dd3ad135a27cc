import { type AppError, toAppError } from '../../core/errors.ts';
import type { ListingKey } from '../../core/listing.ts';
import type { Row } from '../row.ts';
import type { TreeContext } from './treeContext.ts';

/** The loading of one listing as its row sees it. */
export interface ListingLoad {
  /** Loads the listing if it never was; resolves when that ended, or when patience has. */
  open(): Promise<void>;
  /** Why there is nothing although nothing runs: the load was stopped, or could not run at all. */
  halted(): AppError | undefined;
  /** To be told that the listing's load has gone on, or ended. */
  onProgress(loadingNote: Row): void;
  dispose(): void;
}

/** Milliseconds that the first count of rows so far stands. */
const firstPause = 500;

/** What is loaded automatically is loaded once; after that, the user asks for it. */
export function createListingLoad(context: TreeContext, key: ListingKey, owner: Row): ListingLoad {
  const { sync, reader, patience } = context;
  const controller = new AbortController();
  let running: Promise<void> | undefined;
  let halted: AppError | undefined;
  let wasTried = false;
  let isAnswering = false;
  /** The row "Loading…" is there. */
  let isTold = false;
  let timer: NodeJS.Timeout | undefined;
  let nextCountAt = 0;
  let pause = firstPause;

  function start(): Promise<void> {
    wasTried = true;
    running ??= sync
      .load(key, { signal: controller.signal })
      .then(
        () => undefined,
        // What ends otherwise is told as progress.
        (error: unknown) => {
          halted = toAppError(error);
          context.changed(owner);
        },
      )
      .finally(() => {
        running = undefined;
      });
    return running;
  }

  /** Ever more seldom: what VS Code renders waits for 200 ms after the rendering before it, also a load's end. */
  function tellCount(loadingNote: Row): void {
    if (Date.now() < nextCountAt) return;
    pause *= 2;
    nextCountAt = Date.now() + pause;
    context.changed(loadingNote);
  }

  return {
    open: async () => {
      const isUnread = reader.completeness(key).state === 'notLoaded';
      // What was there and is gone was deleted: it is not for the tree to fetch it again.
      if (!isUnread) wasTried = true;
      const isAwaited = running !== undefined && !isTold;
      if (isAwaited || (!wasTried && isUnread)) {
        // Before it starts: the first sign of a load comes while it is being started.
        isAnswering = true;
        await Promise.race([start(), wait(patience)]);
        isAnswering = false;
      }
      isTold = sync.completeness(key).state === 'loading';
    },
    halted: () => halted,
    onProgress: (loadingNote) => {
      if (sync.completeness(key).state === 'loading') {
        halted = undefined;
        if (isTold) tellCount(loadingNote);
        else if (!isAnswering) timer ??= setTimeout(() => context.changed(owner), patience);
        return;
      }
      clearTimeout(timer);
      timer = undefined;
      isTold = false;
      pause = firstPause;
      nextCountAt = 0;
      context.changed(owner);
    },
    dispose: () => {
      clearTimeout(timer);
      controller.abort();
    },
  };
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
