import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import type { Translate } from '../../core/text/translate.ts';
import { type UiPathDeps, usualPatience } from './deps.ts';
import type { Grant } from './oauth.ts';
import { type OAuthSession, readSession, toSession } from './session.ts';

/**
 * The sessions of people, one a tenant, shared by all windows. Refresh tokens are good for one use, and a service may
 * end the whole session when one is used twice. So they are used under a lock; and since what one window writes to
 * SecretStorage reaches the others later than the lock is free, each replacement is counted in the store, and who reads
 * an older session than the last one counted waits for it.
 */
export interface Sessions {
  /** The newest session. @throws AppError `notSignedIn` */
  newest(tenantId: string): Promise<OAuthSession>;
  /**
   * Replaces the session under the lock, unless `isGood` says of the newest that it will do.
   * @throws AppError what `renew` throws; `notSignedIn` when somebody signed out meanwhile
   */
  renewed(
    tenantId: string,
    isGood: (session: OAuthSession) => boolean,
    renew: (session: OAuthSession) => Promise<Grant>,
  ): Promise<OAuthSession>;
  /** Begins a session, in the place of any other. */
  begin(tenantId: string, grant: Grant, about: Pick<OAuthSession, 'server' | 'clientId'>): Promise<void>;
  end(tenantId: string): Promise<void>;
}

export function createSessions(deps: UiPathDeps): Sessions {
  const { secrets, reader, writer, lock, t, now = Date.now } = deps;
  const patience = { ...usualPatience, ...deps.patience };
  /** Generations that were waited for in vain: not again. */
  const missing = new Map<string, number>();

  /** How often the tenant's session was replaced; nothing for a tenant that is not kept yet. */
  function counted(tenantId: string): number {
    const tenant = reader.tenant(tenantId);
    if (tenant?.isSignedOut) throw signedOut(t);
    return tenant?.generation ?? 0;
  }

  async function newest(tenantId: string): Promise<OAuthSession> {
    const held = readSession(await secrets.read(tenantId));
    if (held && held.generation >= counted(tenantId)) return held;
    const until = Date.now() + patience.arrival;
    for (;;) {
      const session = readSession(await secrets.read(tenantId, true));
      const wanted = counted(tenantId);
      if (session && session.generation >= wanted) return session;
      if (missing.get(tenantId) === wanted || Date.now() >= until) {
        missing.set(tenantId, wanted);
        throw signedOut(t);
      }
      await delay(50);
    }
  }

  /** Whoever signed out between counting and writing has found nothing to remove yet. */
  async function write(tenantId: string, session: OAuthSession, wasKept: boolean): Promise<void> {
    await secrets.write(tenantId, session);
    const tenant = reader.tenant(tenantId);
    if (tenant ? !tenant.isSignedOut : !wasKept) return;
    await secrets.remove(tenantId);
    throw signedOut(t);
  }

  /**
   * Counts that the session was replaced. Whatever ails the store, the new one must be kept: the old one is used up.
   * @returns the new one's number; nothing where somebody signed out meanwhile
   */
  async function replaced(tenantId: string, from: number): Promise<number | undefined> {
    try {
      return await writer.nextGeneration(tenantId, from);
    } catch {
      // It may have been counted all the same.
      return reader.tenant(tenantId)?.generation ?? 0;
    }
  }

  return {
    newest,
    renewed: (tenantId, isGood, renew) =>
      lock(tenantId, async () => {
        // One that is being added is this window's alone.
        const wasKept = reader.tenant(tenantId) !== undefined;
        for (;;) {
          const from = counted(tenantId);
          const session = await newest(tenantId);
          if (isGood(session)) return session;
          const grant = await renew(session);
          const generation = wasKept ? await replaced(tenantId, from) : from;
          // Signed out, or signed in anew: what was granted belongs to a session that nobody wants any more.
          if (generation === undefined && reader.tenant(tenantId)) continue;
          if (generation === undefined) throw signedOut(t);
          const { server, clientId } = session;
          const kept = grant.refreshToken ?? session.refreshToken;
          const next = toSession(
            { ...grant, ...(kept === undefined ? {} : { refreshToken: kept }) },
            { server, clientId, generation },
            now(),
          );
          await write(tenantId, next, wasKept);
          return next;
        }
      }),
    begin: (tenantId, grant, about) =>
      lock(tenantId, async () => {
        const generation = reader.tenant(tenantId) ? await writer.nextGeneration(tenantId) : 0;
        if (generation === undefined) throw new AppError('notFound', t('There is no such tenant.'));
        await secrets.write(tenantId, toSession(grant, { ...about, generation }, now()));
      }),
    end: (tenantId) => lock(tenantId, () => secrets.remove(tenantId)),
  };
}

function signedOut(t: Translate): AppError {
  return new AppError('notSignedIn', t('Nobody is signed in to this tenant, or the sign-in has been lost.'));
}
