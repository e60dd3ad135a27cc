import type { SecretStore } from '../core/auth/secrets.ts';
import { createEmitter } from '../core/event.ts';

/** Secrets that are gone with the process, however it ends: for a window that keeps nothing on disk. */
export function createMemorySecrets(): SecretStore {
  const values = new Map<string, string>();
  const changed = createEmitter<string>();
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => {
      values.set(key, value);
      changed.fire(key);
    },
    delete: async (key) => {
      values.delete(key);
      changed.fire(key);
    },
    onDidChange: changed.event,
  };
}
