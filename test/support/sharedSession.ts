import { setTimeout as delay } from 'node:timers/promises';
import { createLock } from '../../src/auth/directoryLock.ts';
import { createSteadySecrets } from '../../src/auth/steadySecrets.ts';
import { createTenantSecrets } from '../../src/auth/tenantSecrets.ts';
import type { OAuthSession } from '../../src/auth/uipath/session.ts';
import { createSessions } from '../../src/auth/uipath/sessions.ts';
import { silentLogger } from '../../src/core/logger.ts';
import type { TenantRecord } from '../../src/core/model.ts';
import { tenantRecord } from './fakeReader.ts';
import { createSingleUseTokens, type SingleUseTokens } from './singleUseTokens.ts';
import { createSharedSecrets } from './windowsSecrets.ts';

const id = 'robots';
const about = { server: 'https://cloud.uipath.com/identity_', clientId: 'app' };

/** One of several windows in which the same person is signed in to the same organization. */
export interface SessionWindow {
  isDead(): boolean;
  readonly ended: Promise<void>;
  /** It ends as a process does: what it waits for never comes, what it has asked for may still be done. */
  kill(): void;
  failWrites(): void;
  newest(): Promise<OAuthSession>;
  /** @param from the access token to be replaced; any, unless told */
  refresh(from?: string): Promise<OAuthSession>;
  signIn(): Promise<void>;
  signOut(): Promise<void>;
}

export interface SharedSession {
  readonly windows: readonly SessionWindow[];
  readonly tokens: SingleUseTokens;
  /** Refresh tokens that a window used up and was killed before it could say so. */
  readonly lost: ReadonlySet<string>;
  /** What the secret storage of each window holds. */
  held(): readonly (string | undefined)[];
  /** Resolves when what was written has reached all windows. */
  arrived(): Promise<void>;
}

/** Windows over one store, one secret store and one service, all of them slow by a few milliseconds. */
export function startSharedSession(folder: string, seed: number): SharedSession {
  const upTo = createNumbers(seed);
  const pause = () => delay(upTo(4));
  const tokens = createSingleUseTokens(pause);
  const { views, arrived, values } = createSharedSecrets(2, () => upTo(12));
  const lost = new Set<string>();
  let record: TenantRecord = tenantRecord(id, { provider: 'uipath' });

  const windows = views.map((view): SessionWindow => {
    let dead = false;
    /** Used up, and what came for it is not told to all yet. */
    const used = new Set<string>();
    const lock = createLock(folder, 1500);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    const never = new Promise<never>(() => undefined);
    const alive = async <T>(work: () => Promise<T>): Promise<T> => {
      if (dead) return never;
      const result = await work();
      return dead ? never : result;
    };
    const secretStore = {
      ...view,
      get: (key: string) => alive(() => view.get(key)),
      set: (key: string, value: string) => alive(() => view.set(key, value)),
      delete: (key: string) => alive(() => view.delete(key)),
    };
    const steady = createSteadySecrets(secretStore, { log: silentLogger, onFailure: () => undefined });
    const sessions = createSessions({
      secrets: createTenantSecrets(steady),
      reader: { tenant: () => record },
      writer: {
        nextGeneration: (_, from) =>
          alive(async () => {
            await pause();
            const { generation = 0 } = record;
            if (from !== undefined && from !== generation) return undefined;
            record = { ...record, generation: generation + 1 };
            return generation + 1;
          }),
      },
      // A window that ended while it waited never gets the lock.
      lock: (name, task) =>
        alive(() => lock(name, () => (dead ? Promise.reject(new Error('This window has ended.')) : task()))),
      patience: { arrival: 100 },
      send: () => Promise.reject(new Error('Nothing is sent here.')),
      provider: () => undefined,
      uipath: () => ({ redirectPorts: [], sendsOrganization: false }),
      t: (text) => text,
    });
    return {
      isDead: () => dead,
      ended,
      kill: () => {
        dead = true;
        for (const token of used) lost.add(token);
        end();
      },
      failWrites: view.failWrites,
      newest: () => sessions.newest(id),
      refresh: async (from) => {
        let own = '';
        const session = await sessions.renewed(
          id,
          ({ accessToken }) => from !== undefined && accessToken !== from,
          ({ refreshToken = '' }) =>
            alive(() =>
              tokens.refresh(refreshToken, () => {
                own = refreshToken;
                if (dead) lost.add(own);
                else used.add(own);
              }),
            ),
        );
        used.delete(own);
        return session;
      },
      signIn: async () => {
        await sessions.begin(id, tokens.signIn(), about);
        const { isSignedOut: _, ...rest } = record;
        record = rest;
      },
      signOut: async () => {
        record = { ...record, isSignedOut: true, generation: (record.generation ?? 0) + 1 };
        await sessions.end(id);
      },
    };
  });
  return { windows, tokens, lost, arrived, held: () => values(`tenant:${id}`) };
}

/** Whole numbers from 0 to below a limit, the same ones for the same seed. */
function createNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % limit;
  };
}
