import { randomUUID } from 'node:crypto';
import type { RejectedToken } from '../core/auth/renewal.ts';
import type { SignedIn, SignInPrompts } from '../core/auth/signIn.ts';
import { needsPerson, type Session, type StoredConnection, type TenantRecord } from '../core/model.ts';
import type { StoreWriter } from '../core/store.ts';
import type { CheckedConnection } from '../core/tenants/checkConnection.ts';
import type { DraftDetails, TenantDraft } from '../core/tenants/tenants.ts';
import { sessionOf } from './sessions.ts';
import type { SignInTenant } from './signIn.ts';
import type { FindSignIn } from './signIns.ts';
import type { TenantSecrets } from './tenantSecrets.ts';

export interface DraftDeps {
  readonly writer: Pick<StoreWriter, 'addTenant' | 'removeTenant'>;
  readonly secrets: TenantSecrets;
  readonly findSignIn: FindSignIn;
  readonly prompts: SignInPrompts;
  /** The connection as `Tenants.begin` would keep it. @throws AppError `invalid` */
  recheck(connection: StoredConnection, details: DraftDetails): StoredConnection;
  /** @throws AppError `invalid` for a host that the user has not agreed to */
  checkHost(connection: StoredConnection): void;
  /** Asks the service whether a connection works, keeping nothing. */
  tryConnection(
    connection: StoredConnection,
    getToken: (rejected?: RejectedToken) => Promise<string>,
    signal: AbortSignal,
  ): Promise<void>;
}

/** A tenant that is being added, with a secret that stays in memory until it is kept. */
export async function beginTenant(
  deps: DraftDeps,
  { connection, secret }: Pick<CheckedConnection, 'connection' | 'secret'>,
  isSample = false,
): Promise<TenantDraft> {
  const { secrets, findSignIn, writer } = deps;
  const id = randomUUID();
  let signedIn: SignedIn | undefined;
  secrets.draft(id);
  if (secret) await secrets.write(id, { ...secret });

  const tenant = (own: StoredConnection = connection): SignInTenant => ({
    id,
    provider: connection.provider,
    connection: own,
    ...(signedIn ? { accountId: signedIn.accountId } : {}),
  });

  async function session(): Promise<Session> {
    if (signedIn) return { isSignedOut: false, account: signedIn.account, accountId: signedIn.accountId };
    if (needsPerson(connection.signIn)) return { isSignedOut: true };
    return sessionOf(connection, secret);
  }

  function record(tenantId: string, own: StoredConnection, who: Session): TenantRecord {
    const { isSignedOut, ...account } = who;
    const common = { id: tenantId, provider: own.provider, name: own.name, connection: own, isSample };
    return { ...common, ...account, ...(isSignedOut ? { isSignedOut } : {}) };
  }

  async function removeTenants(tenantIds: readonly string[]): Promise<void> {
    for (const tenantId of tenantIds) await writer.removeTenant(tenantId);
  }

  return {
    signIn: async (signal) => {
      const way = await findSignIn(connection);
      if (!way.signIn) throw new Error('This way of signing in needs no person.');
      signedIn = await way.signIn(tenant(), deps.prompts, signal);
      return signedIn;
    },
    directories: async (signal) => (await findSignIn(connection)).directories?.(tenant(), signal),
    tryOut: async (signal, details = {}) => {
      const own = deps.recheck(connection, details);
      const way = await findSignIn(own);
      await deps.tryConnection(own, (rejected) => way.token(tenant(own), rejected), signal);
    },
    keep: async (details = [{}]) => {
      const who = await session();
      const records = details.map((one, index) =>
        record(index === 0 ? id : randomUUID(), deps.recheck(connection, one), who),
      );
      for (const { connection: own } of records) deps.checkHost(own);
      await secrets.keep(id);
      const kept: string[] = [];
      try {
        for (const one of records) {
          await writer.addTenant(one);
          kept.push(one.id);
        }
      } catch (error) {
        // All or none. One that cannot be taken back stays, and with it the secret that it needs.
        await removeTenants(kept).then(
          () => secrets.remove(id),
          () => undefined,
        );
        throw error;
      }
      return kept;
    },
    discard: async () => {
      if (signedIn) await (await findSignIn(connection)).signOut(tenant());
      secrets.drop(id);
    },
  };
}
