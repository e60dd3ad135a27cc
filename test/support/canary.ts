import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import type { SecretStore } from '../../src/core/auth/secrets.ts';
import type { Logger } from '../../src/core/logger.ts';

/** Looks for what must never be told in all that is. */
export interface Canary {
  /** All that was ever secret. */
  readonly known: Set<string>;
  /** The log, all of which counts as told. */
  readonly log: Logger;
  /** Counts as told, with all that hangs on it. */
  tell(value: unknown): void;
  /** Counts what work fails with as told. */
  tellFailure(work: Promise<unknown>): Promise<void>;
  /** A secret store, all secrets of which are known from then on. */
  watch(secrets: SecretStore): SecretStore;
  /** In nothing that was told, nor in any byte on disk. */
  assertUntold(folder: string): void;
}

export function createCanary(): Canary {
  const known = new Set<string>();
  const told: string[] = [];
  const write = (...parts: unknown[]) => void told.push(format(...parts));
  const tell = (value: unknown) =>
    void told.push(inspect(value, { depth: 12, showHidden: true, maxStringLength: null, maxArrayLength: null }));
  return {
    known,
    tell,
    log: { debug: write, info: write, warn: write, error: write },
    tellFailure: (work) =>
      work.then(
        () => assert.fail('It did not fail.'),
        (error: unknown) => tell(error),
      ),
    watch: (secrets) => ({
      ...secrets,
      set: async (key, value) => {
        for (const text of secretsIn(value)) known.add(text);
        await secrets.set(key, value);
      },
    }),
    assertUntold: (folder) => {
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
        try {
          return [readFileSync(join(folder, name), 'latin1')];
        } catch {
          // A folder, or gone meanwhile.
          return [];
        }
      });
      assert.ok(files.length > 1 && known.size > 2 && told.length > 0, 'there is nothing to look for');
      for (const secret of known) {
        for (const text of [...told, ...files]) assert.ok(!text.includes(secret), `it tells ${secret.slice(0, 6)}…`);
      }
    },
  };
}

const secretFields = ['accessToken', 'refreshToken', 'clientSecret', 'privateKey', 'secret'];

/** What is secret in a value of the secret store, itself in JSON at times; of a key in PEM each line, for a text may quote a part. */
function secretsIn(value: unknown, field = ''): readonly string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, part]) => secretsIn(part, name));
  }
  if (typeof value !== 'string') return [];
  if (value.startsWith('{')) return secretsIn(JSON.parse(value));
  const lines = value.split('\n').filter((line) => line.length > 15 && !line.startsWith('-----'));
  return secretFields.includes(field) ? lines : [];
}
