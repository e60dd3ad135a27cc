import { statSync } from 'node:fs';
import type { Decode } from '../core/provider/provider.ts';
import { openForWriting } from './open.ts';
import type { OpenStore } from './openForReading.ts';
import { salvage } from './salvage.ts';
import { removeSetAside, setAside } from './setAside.ts';
import { createSql } from './sql.ts';
import { isBrokenConnection, isDamage, newerStore, toStoreError } from './storeError.ts';
import { createWriter, type Writer } from './writer.ts';

export interface WriterHostOptions {
  readonly path: string;
  readonly decoders: Readonly<Record<string, Decode>>;
  /** The store was damaged and a fresh one begun; the damaged file is kept at `keptPath`. */
  readonly onDamaged: (keptPath: string) => void;
  /** Loads are numbered from here on. */
  readonly firstLoadId: number;
}

/** What opening the store came to. */
export interface StoreOpened {
  /** A newer version of the extension wrote it: it can be read, and every write is rejected. */
  readonly isNewer: boolean;
}

/** Carries out the calls of a `StoreWriter`, whatever state the file is in. */
export interface WriterHost {
  open(): StoreOpened;
  /** @throws AppError */
  call<Name extends keyof Writer>(name: Name, args: Parameters<Writer[Name]>): ReturnType<Writer[Name]>;
}

interface Current {
  readonly store: OpenStore;
  readonly writer: Writer;
  /** Another window may have set the file aside and begun a fresh one. */
  readonly file: number | undefined;
}

export function createWriterHost({ path, decoders, onDamaged, firstLoadId }: WriterHostOptions): WriterHost {
  let loadId = firstLoadId;
  let current: Current | undefined;
  const fileNow = (): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;

  function close(): void {
    if (current?.store.db.isOpen) current.store.db.close();
    current = undefined;
  }

  function use(store: OpenStore): Current {
    const writer = createWriter(createSql(store.db), { decoders, nextLoadId: () => loadId++ });
    current = { store, writer, file: fileNow() };
    return current;
  }

  function replace(isSuspect: boolean): Current {
    close();
    const kept = setAside(path, isSuspect);
    const opened = use(openForWriting(path));
    if (kept !== undefined) {
      // First of all: saving may fail, on a disk that is full say.
      onDamaged(kept);
      if (!opened.store.isNewer) salvage(kept, createSql(opened.store.db));
    }
    return opened;
  }

  function open(): Current {
    if (current && fileNow() === current.file) return current;
    close();
    try {
      return use(openForWriting(path));
    } catch (error) {
      if (!isDamage(error)) throw error;
      return replace(false);
    }
  }

  /** Sees to it that the next call may do better. */
  function mend(error: unknown): void {
    if (isDamage(error)) replace(true);
    // Storage may become writable again, or come back.
    else if (isBrokenConnection(error)) close();
  }

  function guarded<T>(work: () => T): T {
    try {
      try {
        return work();
      } catch (error) {
        mend(error);
        throw error;
      }
    } catch (error) {
      throw toStoreError(error);
    }
  }

  return {
    open: () => guarded(() => ({ isNewer: open().store.isNewer })),
    call: (name, args) =>
      guarded(() => {
        if (name === 'close') return close() as ReturnType<Writer[typeof name]>;
        const { store, writer } = open();
        if (store.isNewer) throw newerStore();
        const method = writer[name] as (...values: typeof args) => ReturnType<Writer[typeof name]>;
        const value = method(...args);
        if (name === 'removeAllRows') removeSetAside(path);
        if (name === 'forgetOlderThan') removeSetAside(path, new Date(String(args[0])));
        return value;
      }),
  };
}
