import { setTimeout as delay } from 'node:timers/promises';
import type { SecretStore } from '../../src/core/auth/secrets.ts';
import { createEmitter } from '../../src/core/event.ts';

/** One window's view of the secrets that all share. */
export interface SecretsView extends SecretStore {
  /** Writes fail from now on. */
  failWrites(): void;
}

export interface SharedSecrets {
  readonly views: readonly SecretsView[];
  /** What each window would read now. */
  values(key: string): readonly (string | undefined)[];
  /** Resolves when what was written so far has reached all windows. */
  arrived(): Promise<void>;
}

/**
 * VS Code's SecretStorage as several windows see it: a write is done for its own window before the others can read it,
 * and of what reaches them late, the last written counts.
 * @param lateness milliseconds, another number each time
 */
export function createSharedSecrets(windows: number, lateness: () => number): SharedSecrets {
  const values = Array.from({ length: windows }, () => new Map<string, { value: string | undefined; order: number }>());
  const changed = values.map(() => createEmitter<string>());
  const underWay = new Set<Promise<void>>();
  let writes = 0;

  function put(window: number, key: string, value: string | undefined, order: number): void {
    if ((values[window]?.get(key)?.order ?? 0) > order) return;
    values[window]?.set(key, { value, order });
    changed[window]?.fire(key);
  }

  async function write(window: number, key: string, value: string | undefined): Promise<void> {
    const order = ++writes;
    await delay(lateness());
    put(window, key, value, order);
    for (const other of values.keys()) {
      if (other === window) continue;
      const arrival = delay(lateness()).then(() => put(other, key, value, order));
      underWay.add(arrival);
      void arrival.then(() => underWay.delete(arrival));
    }
  }

  const views = values.map((own, window): SecretsView => {
    let fails = false;
    const change = (key: string, value: string | undefined) =>
      fails ? Promise.reject(new Error('The keyring is locked.')) : write(window, key, value);
    return {
      get: async (key) => {
        await delay(0);
        return own.get(key)?.value;
      },
      set: change,
      delete: (key) => change(key, undefined),
      onDidChange: (listener) => changed[window]?.event(listener) ?? { dispose: () => undefined },
      failWrites: () => {
        fails = true;
      },
    };
  });
  return {
    views,
    values: (key) => values.map((own) => own.get(key)?.value),
    arrived: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
