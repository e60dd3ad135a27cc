import type { SecretStore } from '../../core/secrets.ts';
import { type AccountSecret, mergeTokens, noTokens, readSecret } from './cacheText.ts';

/**
 * What accounts hold, one secret an account, shared by all windows. SecretStorage has no compare-and-swap, and what is
 * written in one window reaches the others later. So every write reads first and keeps what others wrote, and a
 * sign-out leaves a mark with its time: what a window that has not heard of it writes afterwards counts no more.
 */
export interface AccountCache {
  /** Nothing when the account is signed out, here or in another window. */
  read(key: string): Promise<AccountSecret | undefined>;
  /**
   * Keeps what an operation changed.
   * @returns what is held now; nothing when the account was signed out meanwhile
   */
  write(
    key: string,
    before: AccountSecret,
    after: Omit<AccountSecret, 'signedInAt'>,
  ): Promise<AccountSecret | undefined>;
  signedIn(key: string, secret: Omit<AccountSecret, 'signedInAt'>): Promise<void>;
  forget(key: string): Promise<void>;
}

export interface AccountCacheDeps {
  readonly secrets: SecretStore;
  /** Told once when secrets cannot be read or written: what is new stays in memory. */
  onProblem(error: unknown): void;
  now(): number;
}

export function createAccountCache({ secrets, onProblem, now }: AccountCacheDeps): AccountCache {
  /** As last read or written: goes on while the store refuses. */
  const known = new Map<string, string | undefined>();
  /** What could not be written, and what was stored then. */
  const unsaved = new Map<string, { readonly text: string; readonly stored: string | undefined }>();
  const signedOut = new Map<string, number>();
  let isTold = false;

  function tell(error: unknown): void {
    if (isTold) return;
    isTold = true;
    onProblem(error);
  }

  async function stored(key: string): Promise<string | undefined> {
    try {
      known.set(key, await secrets.get(key));
    } catch (error) {
      tell(error);
    }
    return known.get(key);
  }

  async function attempt(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      tell(error);
      return false;
    }
  }

  async function signedOutAt(key: string): Promise<number> {
    const mark = Number(await stored(markOf(key)));
    return Math.max(signedOut.get(key) ?? 0, Number.isSafeInteger(mark) ? mark : 0);
  }

  async function textOf(key: string): Promise<string | undefined> {
    const text = await stored(key);
    const mine = unsaved.get(key);
    if (mine && mine.stored !== text) unsaved.delete(key);
    return unsaved.get(key)?.text ?? text;
  }

  async function read(key: string): Promise<AccountSecret | undefined> {
    const text = await textOf(key);
    const secret = text === undefined ? undefined : readSecret(text);
    if (!secret || secret.signedInAt > (await signedOutAt(key))) return secret;
    // Written by a window that had not heard of the sign-out.
    await remove(key);
    return undefined;
  }

  async function remove(key: string): Promise<void> {
    unsaved.delete(key);
    known.delete(key);
    await attempt(() => secrets.delete(key));
  }

  async function store(key: string, secret: AccountSecret): Promise<void> {
    const text = JSON.stringify(secret);
    if (text === (await textOf(key))) return;
    const before = known.get(key);
    unsaved.delete(key);
    if (await attempt(() => secrets.set(key, text))) known.set(key, text);
    else unsaved.set(key, { text, stored: before });
  }

  return {
    read,
    write: async (key, before, after) => {
      const theirs = await read(key);
      if (!theirs) return undefined;
      const written = {
        signedInAt: theirs.signedInAt,
        tokens: mergeTokens(theirs.tokens, before.tokens, after.tokens),
        directories: { ...theirs.directories, ...after.directories },
      };
      await store(key, written);
      return written;
    },
    signedIn: async (key, { tokens, directories }) => {
      const theirs = await read(key);
      await store(key, {
        signedInAt: Math.max(now(), (await signedOutAt(key)) + 1),
        tokens: theirs ? mergeTokens(theirs.tokens, noTokens, tokens) : tokens,
        directories: { ...theirs?.directories, ...directories },
      });
    },
    forget: async (key) => {
      const held = await read(key);
      const mark = Math.max(now(), held?.signedInAt ?? 0, await signedOutAt(key));
      signedOut.set(key, mark);
      await attempt(() => secrets.set(markOf(key), String(mark)));
      await remove(key);
    },
  };
}

/** One key a cloud, app and account: refresh tokens belong to the account, not to a directory. */
export function accountKey(cloud: string, clientId: string, accountId: string): string {
  return `msal:${cloud}:${clientId}:${accountId}`.toLowerCase();
}

/** The account that a key of SecretStorage is about. */
export function accountOfKey(key: string): string | undefined {
  return /^(?:signedOut:)?(msal:.+)$/.exec(key)?.[1];
}

function markOf(key: string): string {
  return `signedOut:${key}`;
}
