import { createEmitter, type Event } from '../core/event.ts';
import type { StoreChange, StoreReader } from '../core/store.ts';
import { createStoreWriter, type StoreWriterClient } from './client.ts';
import { createStoreReader, type StoreStatus } from './reader.ts';
import { isBusy } from './storeError.ts';

export interface StoreOptions {
  readonly path: string;
  readonly workerUrl: URL;
  /** The store was damaged and a fresh one begun; the damaged file is kept at this path. */
  readonly onDamaged: (keptPath: string) => void;
  /** Something went wrong that no caller waits for. */
  readonly onError: (error: unknown) => void;
}

/** One window's view of the store. */
export interface Store {
  readonly reader: StoreReader & { status(): StoreStatus };
  readonly writer: StoreWriterClient;
  /** Changes by this window as soon as they are written, by others within a second. */
  readonly onDidChange: Event<StoreChange>;
  /** Brings a store that an older version of the extension wrote up to date; nothing of it can be read before. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** How often other windows' writes are looked for; a look that finds nothing reads one number. */
const pollInterval = 1000;

export function openStore({ path, workerUrl, onDamaged, onError }: StoreOptions): Store {
  const changed = createEmitter<StoreChange>();
  const writer = createStoreWriter({ workerUrl, path, onDamaged });
  const reader = createStoreReader({ path, onDamaged: () => void writer.open().then(announce, onError) });

  function announce(): void {
    try {
      for (const change of reader.takeChanges()) changed.fire(change);
    } catch (error) {
      // The next look, a second later, finds it.
      if (!isBusy(error)) onError(error);
    }
  }

  /** Tells what a call has written as soon as it is done, before its caller goes on. */
  function announcing<A extends readonly unknown[], R>(call: (...args: A) => Promise<R>): (...args: A) => Promise<R> {
    return async (...args) => {
      try {
        return await call(...args);
      } finally {
        announce();
      }
    };
  }

  const poll = setInterval(announce, pollInterval);
  poll.unref();
  return {
    reader,
    writer: {
      ...writer,
      page: announcing(writer.page),
      rows: announcing(writer.rows),
      resolveReferences: announcing(writer.resolveReferences),
      end: announcing(writer.end),
      addTenant: announcing(writer.addTenant),
      updateTenant: announcing(writer.updateTenant),
      setSession: announcing(writer.setSession),
      removeTenant: announcing(writer.removeTenant),
      removeRows: announcing(writer.removeRows),
      removeAllRows: announcing(writer.removeAllRows),
      forgetOlderThan: announcing(writer.forgetOlderThan),
      ignoreFindings: announcing(writer.ignoreFindings),
      forgetDirectory: announcing(writer.forgetDirectory),
      setPinned: announcing(writer.setPinned),
      setAllowsChanges: announcing(writer.setAllowsChanges),
    },
    onDidChange: changed.event,
    ready: async () => {
      if (reader.status() !== 'older') return;
      await writer.open();
      announce();
    },
    close: async () => {
      clearInterval(poll);
      await writer.close();
      reader.close();
    },
  };
}
