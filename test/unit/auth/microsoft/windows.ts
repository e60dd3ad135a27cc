import type { SecretStore } from '../../../../src/core/auth/secrets.ts';
import { createEmitter } from '../../../../src/core/event.ts';

/**
 * VS Code's secrets as several windows have them: a window sees its own writes at once, the others when they have been
 * flushed; whoever flushes last wins; and there is no compare-and-swap.
 */
export interface SharedSecrets {
  window(): WindowSecrets;
  /** What is stored for all. */
  readonly stored: ReadonlyMap<string, string>;
}

export interface WindowSecrets extends SecretStore {
  /** Makes the oldest write that is still held back known to all. */
  flushOne(): void;
  flush(): void;
  /** The next write fails. */
  failNext(): void;
  heal(): void;
  /** The window ends: what it held back is lost, or came through at the last moment. */
  kill(isFlushed: boolean): void;
}

interface Window {
  readonly seen: Map<string, string>;
  readonly changed: (key: string) => void;
}

export function sharedSecrets(): SharedSecrets {
  const stored = new Map<string, string>();
  const windows = new Set<Window>();

  function open(): WindowSecrets {
    const emitter = createEmitter<string>();
    const own: Window = { seen: new Map(stored), changed: emitter.fire };
    let held: { key: string; value: string | undefined }[] = [];
    let isFailing = false;
    windows.add(own);

    function put(map: Map<string, string>, key: string, value: string | undefined): void {
      if (value === undefined) map.delete(key);
      else map.set(key, value);
    }

    async function write(key: string, value: string | undefined): Promise<void> {
      await Promise.resolve();
      if (isFailing) {
        isFailing = false;
        throw new Error('The keyring refuses.');
      }
      put(own.seen, key, value);
      held.push({ key, value });
      own.changed(key);
    }

    function flushOne(): void {
      const oldest = held.shift();
      if (!oldest) return;
      put(stored, oldest.key, oldest.value);
      for (const window of windows) {
        if (window === own) continue;
        put(window.seen, oldest.key, oldest.value);
        window.changed(oldest.key);
      }
    }

    function flush(): void {
      while (held.length > 0) flushOne();
    }

    return {
      get: async (key) => own.seen.get(key),
      set: (key, value) => write(key, value),
      delete: (key) => write(key, undefined),
      onDidChange: emitter.event,
      flushOne,
      flush,
      failNext: () => {
        isFailing = true;
      },
      heal: () => {
        isFailing = false;
      },
      kill: (isFlushed) => {
        if (isFlushed) flush();
        held = [];
        windows.delete(own);
      },
    };
  }
  return { window: open, stored };
}
