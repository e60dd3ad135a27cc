import type { SecretStore } from '../../core/auth/secrets.ts';
import { type AccountSecret, mergeTokens, noTokens, readSecret } from './cacheText.ts';

/**
 * What accounts hold, one secret an account, shared by all windows. SecretStorage has no compare-and-swap, and what is
 * written in one window reaches the others later. So every write reads first and keeps what others wrote, and a
 * sign-out leaves a mark with its time: what a window that has not heard of it writes afterwards counts no more. Nor
 * does what one writes that has not heard of a later sign-in: the window where that was puts it back.
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
  /** One that goes on in memory when VS Code's refuses. */
  readonly secrets: SecretStore;
  now(): number;
}

export function createAccountCache({ secrets, now }: AccountCacheDeps): AccountCache {
  /** Sign-outs of this window: they hold although their mark could not be written. */
  const signedOut = new Map<string, number>();
  /** Sign-ins of this window: they hold although another one, which had not heard of them, wrote over their secrets, or removed them. */
  const signedIns = new Map<string, { secret: AccountSecret; restores: number }>();

  async function signedOutAt(key: string): Promise<number> {
    const mark = Number(await secrets.get(markOf(key)));
    return Math.max(signedOut.get(key) ?? 0, Number.isSafeInteger(mark) ? mark : 0);
  }

  async function read(key: string): Promise<AccountSecret | undefined> {
    const text = await secrets.get(key);
    const out = await signedOutAt(key);
    const found = text === undefined ? undefined : readSecret(text);
    const own = signedIns.get(key);
    if (own && own.secret.signedInAt <= out) signedIns.delete(key);
    else if (own && own.secret.signedInAt > (found?.signedInAt ?? 0) && own.restores < mostRestores) {
      own.restores += 1;
      await secrets.set(key, JSON.stringify(own.secret));
      return own.secret;
    }
    if (!found || found.signedInAt > out) return found;
    // Written by a window that had not heard of the sign-out. The mark may have been one that could not be written.
    await secrets.set(markOf(key), String(out));
    await secrets.delete(key);
    return undefined;
  }

  async function set(key: string, text: string): Promise<void> {
    if (text !== (await secrets.get(key))) await secrets.set(key, text);
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
      const own = signedIns.get(key);
      if (own?.secret.signedInAt === written.signedInAt) own.secret = written;
      await set(key, JSON.stringify(written));
      return written;
    },
    signedIn: async (key, { tokens, directories }) => {
      const theirs = await read(key);
      const secret = {
        signedInAt: Math.max(now(), (await signedOutAt(key)) + 1),
        tokens: theirs ? mergeTokens(theirs.tokens, noTokens, tokens) : tokens,
        directories: { ...theirs?.directories, ...directories },
      };
      signedIns.set(key, { secret, restores: 0 });
      await set(key, JSON.stringify(secret));
    },
    forget: async (key) => {
      const held = await read(key);
      const mark = Math.max(now(), held?.signedInAt ?? 0, await signedOutAt(key));
      signedOut.set(key, mark);
      signedIns.delete(key);
      await secrets.set(markOf(key), String(mark));
      await secrets.delete(key);
    },
  };
}

/** A secret that is taken away more often was meant to be. */
const mostRestores = 5;

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
