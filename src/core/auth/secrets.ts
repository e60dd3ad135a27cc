import type { Event } from '../event.ts';

/** Where secrets are kept, and nowhere else. A value that vanished means "sign in again", never an error. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** The key whose value may have changed, in this window or another; only a hint. */
  readonly onDidChange: Event<string>;
}
