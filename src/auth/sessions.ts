import type { ConnectionSecret } from '../core/auth/checkAuth.ts';
import type { SignedIn, SignInPrompts } from '../core/auth/signIn.ts';
import { AppError } from '../core/errors.ts';
import { needsPerson, type Session, type StoredConnection, type TenantRecord } from '../core/model.ts';
import type { StoreWriter } from '../core/store.ts';
import type { Tenants } from '../core/tenants/tenants.ts';
import { accountIn, claimsOf } from './claims.ts';
import type { FindSignIn } from './signIns.ts';
import { signInTenant } from './signInTenant.ts';
import type { TenantSecrets } from './tenantSecrets.ts';

export interface SessionsDeps {
  readonly writer: Pick<StoreWriter, 'setSession' | 'updateTenant'>;
  readonly secrets: TenantSecrets;
  readonly findSignIn: FindSignIn;
  readonly prompts: SignInPrompts;
  /** @throws AppError `notFound` */
  known(tenantId: string): TenantRecord;
  stopLoads(tenantId: string): void;
}

/** Who is signed in to the tenants that are kept. */
export interface Sessions {
  signIn: Tenants['signIn'];
  signOut(tenantId: string): Promise<void>;
  /** Forgets what the tenant's account held, where a change of the tenant's address leads to other accounts. */
  moved(before: TenantRecord, connection: StoredConnection): Promise<void>;
  /** Puts another way of signing in, or another secret, in the place of a tenant's own. */
  replace(before: TenantRecord, connection: StoredConnection, secret: ConnectionSecret): Promise<void>;
  /** Removes a tenant's secrets. */
  forget(tenant: TenantRecord): Promise<void>;
}

export function createSessions({ writer, secrets, findSignIn, prompts, known, stopLoads }: SessionsDeps): Sessions {
  async function forget(tenant: TenantRecord): Promise<void> {
    // Not fatal: the extension that brought the provider may be gone, and its way of signing in with it.
    const way = await findSignIn(tenant.connection).catch(() => undefined);
    await way?.signOut(signInTenant(tenant));
    await secrets.remove(tenant.id);
  }

  /** Of an account that the tenant uses no more, nothing must stay behind that no sign-out would find. */
  async function leave(before: TenantRecord, now: TenantRecord): Promise<void> {
    const way = await findSignIn(before.connection).catch(() => undefined);
    await way?.leave?.(signInTenant(before), signInTenant(now));
  }

  async function record(tenant: TenantRecord, signedIn: SignedIn): Promise<void> {
    const { account, accountId } = signedIn;
    const connection = withFound(tenant.connection, signedIn);
    // What runs was begun in another one's name.
    if (tenant.accountId !== undefined && tenant.accountId !== accountId) stopLoads(tenant.id);
    if (connection !== tenant.connection) await writer.updateTenant(tenant.id, { connection });
    await writer.setSession(tenant.id, { isSignedOut: false, account, accountId });
  }

  return {
    signIn: async (tenantId, signal, { forChanges = false } = {}) => {
      const tenant = known(tenantId);
      const way = await findSignIn(tenant.connection);
      if (!way.signIn)
        throw new AppError('invalid', 'This tenant signs in by a secret that is kept: change it instead.');
      const asked = signInTenant(tenant);
      const signedIn = await way.signIn(forChanges ? { ...asked, changes: 'needed' } : asked, prompts, signal);
      try {
        await record(tenant, signedIn);
      } catch (error) {
        // Removed meanwhile: then nothing of it must stay.
        await way.signOut({ ...signInTenant(tenant), accountId: signedIn.accountId });
        throw error;
      }
      await leave(tenant, { ...tenant, accountId: signedIn.accountId });
    },
    signOut: async (tenantId) => {
      const tenant = known(tenantId);
      stopLoads(tenantId);
      // First of all: from here on no window uses what is left.
      await writer.setSession(tenantId, { isSignedOut: true });
      await forget(tenant);
    },
    moved: (before, connection) => leave(before, { ...before, connection }),
    replace: async (before, connection, secret) => {
      const isSameWay =
        before.connection.signIn === connection.signIn && before.connection.clientId === connection.clientId;
      if (!isSameWay) await forget(before);
      if (secret) await secrets.write(before.id, { ...secret });
      if (needsPerson(connection.signIn)) {
        if (!isSameWay) await writer.setSession(before.id, { isSignedOut: true });
        return;
      }
      await writer.setSession(before.id, await sessionOf(connection, secret));
    },
    forget,
  };
}

/** Where nobody signs in: an application is known by its id, a token by what it says of itself. */
export async function sessionOf({ clientId }: StoredConnection, secret: ConnectionSecret): Promise<Session> {
  const account = secret && 'accessToken' in secret ? accountIn(await claimsOf(secret.accessToken)) : clientId;
  return { isSignedOut: false, ...(account === undefined ? {} : { account }) };
}

/** The connection with what signing in told, where it said nothing itself. */
export function withFound(
  connection: StoredConnection,
  { directoryId, organization, partitionGlobalId }: SignedIn,
): StoredConnection {
  const found = {
    ...(connection.directoryId === undefined && directoryId !== undefined ? { directoryId } : {}),
    ...(connection.organization === undefined && organization !== undefined ? { organization } : {}),
    ...(connection.partitionGlobalId === undefined && partitionGlobalId !== undefined ? { partitionGlobalId } : {}),
  };
  return Object.keys(found).length === 0 ? connection : { ...connection, ...found };
}
