import { type RejectedToken, withRenewal } from '../core/auth/renewal.ts';
import type { SignInPrompts } from '../core/auth/signIn.ts';
import { AppError } from '../core/errors.ts';
import type { StoredConnection, TenantConnection, TenantRecord } from '../core/model.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { StoreReader, StoreWriter } from '../core/store.ts';
import { type CheckedConnection, checkConnection, foreignHostOf } from '../core/tenants/checkConnection.ts';
import type { DraftDetails, TenantChange, Tenants } from '../core/tenants/tenants.ts';
import { completed } from './completed.ts';
import { beginTenant } from './drafts.ts';
import { createSessions } from './sessions.ts';
import type { FindSignIn } from './signIns.ts';
import { signInTenant } from './signInTenant.ts';
import type { TenantSecrets } from './tenantSecrets.ts';
import type { Tokens } from './tokens.ts';

export interface TenantsDeps {
  readonly reader: StoreReader;
  readonly writer: StoreWriter;
  readonly tokens: Tokens;
  readonly secrets: TenantSecrets;
  readonly findSignIn: FindSignIn;
  readonly prompts: SignInPrompts;
  providers(): readonly Provider[];
  /** Asks the service whether a connection works, keeping nothing. */
  probe(connection: StoredConnection, accessToken: string, signal: AbortSignal): Promise<void>;
  /** Stops everything that runs for a tenant. */
  stopLoads(tenantId: string): void;
  /** The origin of the sample tenants' server, which is started when it does not run. */
  sampleOrigin(): Promise<string>;
}

/** See `Tenants`. */
export function createTenants(deps: TenantsDeps): Tenants {
  const { reader, writer, tokens, findSignIn } = deps;
  const sessions = createSessions({ ...deps, known });

  function check(connection: TenantConnection): CheckedConnection {
    return checkConnection(connection, deps.providers());
  }

  /** With other details, as the same way of signing in leaves them. */
  function recheck({ signIn, clientId, ...connection }: StoredConnection, details: DraftDetails): StoredConnection {
    const auth = { signIn, ...(clientId === undefined ? {} : { clientId }) };
    return checkConnection({ ...connection, ...details }, deps.providers(), auth).connection;
  }

  function changed({ connection }: TenantRecord, { auth, ...change }: TenantChange): CheckedConnection {
    if (!auth) {
      const stays = recheck(connection, change);
      return { connection: stays, secret: undefined };
    }
    const { signIn: _, clientId: __, ...rest } = connection;
    return check({ ...rest, ...change, auth });
  }

  function unagreedHost(connection: Pick<StoredConnection, 'provider' | 'endpoint'>): string | undefined {
    const host = foreignHostOf(connection, deps.providers());
    return host !== undefined && !reader.hasAgreedToHost(host) ? host : undefined;
  }

  function checkHost(connection: StoredConnection): void {
    const host = unagreedHost(connection);
    if (host === undefined) return;
    throw new AppError(
      'invalid',
      `${host} is not a host of this service. Add the tenant by the command and agree to the host there first.`,
    );
  }

  function known(tenantId: string): TenantRecord {
    const tenant = reader.tenant(tenantId);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    return tenant;
  }

  function providerOf(id: string): Provider | undefined {
    return deps.providers().find((one) => one.id === id);
  }

  async function tryConnection(
    connection: StoredConnection,
    getToken: (rejected?: RejectedToken) => Promise<string>,
    signal: AbortSignal,
  ): Promise<void> {
    await withRenewal(getToken, async (token) => {
      const ready = await completed(connection, providerOf(connection.provider), async () => token);
      await deps.probe(ready, token, signal);
    });
  }

  function begin(checked: CheckedConnection, isSample = false) {
    return beginTenant({ ...deps, recheck, checkHost, tryConnection }, checked, isSample);
  }

  /** A sample tenant's server has a new port each time. */
  async function served(tenant: Pick<TenantRecord, 'isSample' | 'connection'>): Promise<StoredConnection> {
    const { endpoint } = tenant.connection;
    if (!tenant.isSample || endpoint === undefined) return tenant.connection;
    return { ...tenant.connection, endpoint: (await deps.sampleOrigin()) + new URL(endpoint).pathname };
  }

  return {
    add: async (input, { isSample } = {}) => {
      const checked = check(input);
      checkHost(checked.connection);
      const [id] = await (await begin(checked, isSample)).keep();
      if (id === undefined) throw new Error('A tenant was kept without an id.');
      return id;
    },
    begin: async (input) => begin(check(input)),
    edit: async (tenantId, change) => {
      const tenant = known(tenantId);
      const { connection, secret } = changed(tenant, change);
      checkHost(connection);
      if (Object.keys(change).some((key) => key !== 'name')) deps.stopLoads(tenantId);
      // Groups that are not asked for any more would be told as gone from the service by the next load.
      const forgetsGroups = JSON.stringify(connection.workspaces) !== JSON.stringify(tenant.connection.workspaces);
      // What was allowed was allowed for another service, organization or directory.
      if (!tenant.isSample && isElsewhere(tenant.connection, connection))
        await writer.setAllowsChanges(tenantId, false);
      // The connection first: a load of another window must not send the new token to the old address.
      await writer.updateTenant(tenantId, { name: connection.name, connection, forgetsGroups });
      await sessions.moved(tenant, connection);
      if (change.auth) await sessions.replace(tenant, connection, secret);
    },
    remove: async (tenantId) => {
      const tenant = known(tenantId);
      deps.stopLoads(tenantId);
      await writer.removeTenant(tenantId);
      await sessions.forget(tenant);
    },
    removeRows: async (tenantId) => {
      if (tenantId !== undefined) known(tenantId);
      for (const { id } of reader.tenants()) if (tenantId === undefined || id === tenantId) deps.stopLoads(id);
      await (tenantId === undefined ? writer.removeAllRows() : writer.removeRows(tenantId));
    },
    signIn: sessions.signIn,
    signOut: sessions.signOut,
    tryChange: async (tenantId, change, signal) => {
      const tenant = known(tenantId);
      const { connection, secret } = changed(tenant, change);
      if (change.auth) {
        const draft = await begin({ connection, secret });
        await draft.tryOut(signal).finally(draft.discard);
        return;
      }
      if (tenant.isSignedOut) throw new AppError('notSignedIn', 'Nobody is signed in to this tenant.');
      const way = await findSignIn(connection);
      const ready = await served({ ...tenant, connection });
      await tryConnection(ready, (rejected) => way.token(signInTenant({ ...tenant, connection }), rejected), signal);
    },
    unagreedHost: async (connection) => unagreedHost(connection),
    agreeToHost: (host) => writer.agreeToHost(host),
    connectionOf: async (tenant) =>
      completed(await served(tenant), providerOf(tenant.provider), () => tokens.get(tenant.id)),
  };
}

/** Whether a connection leads to other groups. */
function isElsewhere(one: StoredConnection, other: StoredConnection): boolean {
  const placeOf = ({ endpoint, cloud, directoryId, organization, partitionGlobalId, scope }: StoredConnection) =>
    JSON.stringify([endpoint, cloud, directoryId, organization, partitionGlobalId, scope]);
  return placeOf(one) !== placeOf(other);
}
