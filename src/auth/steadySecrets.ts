import type { SecretStore } from '../core/auth/secrets.ts';
import type { Logger } from '../core/logger.ts';

export interface SteadySecretsOptions {
  /** Told once, however often the store fails. */
  readonly onFailure: () => void;
  readonly log: Logger;
}

/** A value that could not be written, and what stood there at the time, as far as that could be read. */
interface Unwritten {
  readonly value: string;
  readonly over: { readonly value: string | undefined } | undefined;
}

/** A secret store that goes on in memory when the real one refuses. */
export function createSteadySecrets(secrets: SecretStore, { onFailure, log }: SteadySecretsOptions): SecretStore {
  const unwritten = new Map<string, Unwritten>();
  let isTold = false;

  function failed(error: unknown): void {
    // Without the error's own text: a store may repeat what it was given.
    log.error(`VS Code's secret storage failed (${error instanceof Error ? error.name : typeof error}).`);
    if (isTold) return;
    isTold = true;
    onFailure();
  }

  async function read(key: string): Promise<Unwritten['over']> {
    try {
      return { value: await secrets.get(key) };
    } catch (error) {
      failed(error);
      return undefined;
    }
  }

  return {
    get: async (key) => {
      const found = await read(key);
      const own = unwritten.get(key);
      if (!own || !found) return (own ?? found)?.value;
      if (own.over && own.over.value !== found.value) {
        // Another window has written since: that is newer.
        unwritten.delete(key);
        return found.value;
      }
      unwritten.set(key, { value: own.value, over: found });
      return own.value;
    },
    set: async (key, value) => {
      const over = unwritten.get(key)?.over ?? (await read(key));
      try {
        await secrets.set(key, value);
        unwritten.delete(key);
      } catch (error) {
        unwritten.set(key, { value, over });
        failed(error);
      }
    },
    delete: async (key) => {
      unwritten.delete(key);
      try {
        await secrets.delete(key);
      } catch (error) {
        failed(error);
      }
    },
    onDidChange: secrets.onDidChange,
  };
}
