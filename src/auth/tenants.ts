import { randomUUID } from 'node:crypto';
import { type CheckedConnection, checkConnection } from '../core/connection.ts';
import { AppError } from '../core/errors.ts';
import type { StoredConnection, TenantConnection, TenantRecord } from '../core/model.ts';
import type { Provider } from '../core/provider.ts';
import type { StoreReader, StoreWriter } from '../core/store.ts';
import type { TenantChange, Tenants } from '../core/tenants.ts';
import type { TenantSecrets } from './tenantSecrets.ts';
import type { Tokens } from './tokens.ts';

export interface TenantsDeps {
  readonly reader: StoreReader;
  readonly writer: StoreWriter;
  readonly tokens: Tokens;
  readonly secrets: TenantSecrets;
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
  const { reader, writer, tokens, secrets } = deps;

  function check(connection: TenantConnection): CheckedConnection {
    return checkConnection(connection, deps.providers());
  }

  function checkAgreed(connection: TenantConnection): CheckedConnection {
    const checked = check(connection);
    if (checked.foreignHost !== undefined && !reader.hasAgreedToHost(checked.foreignHost)) {
      throw new AppError(
        'invalid',
        `${checked.foreignHost} is not a host of this service. Add the tenant by the command and agree to the host there first.`,
      );
    }
    return checked;
  }

  function known(tenantId: string): TenantRecord {
    const tenant = reader.tenant(tenantId);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    return tenant;
  }

  /** The connection as it would be with the change; a token that stays is not needed to check it. */
  function changed(tenant: TenantRecord, { accessToken, ...change }: TenantChange): TenantConnection {
    const { signIn: _, ...connection } = tenant.connection;
    return { ...connection, ...change, auth: { method: 'accessToken', accessToken: accessToken ?? 'unchanged' } };
  }

  async function connectionOf(tenant: TenantRecord): Promise<StoredConnection> {
    const { endpoint } = tenant.connection;
    if (!tenant.isSample || endpoint === undefined) return tenant.connection;
    return { ...tenant.connection, endpoint: (await deps.sampleOrigin()) + new URL(endpoint).pathname };
  }

  return {
    add: async (input, { isSample = false } = {}) => {
      const { connection, secret } = checkAgreed(input);
      const id = randomUUID();
      await secrets.write(id, { ...secret });
      try {
        await writer.addTenant({ id, provider: connection.provider, name: connection.name, connection, isSample });
      } catch (error) {
        await secrets.remove(id);
        throw error;
      }
      return id;
    },
    edit: async (tenantId, change) => {
      const tenant = known(tenantId);
      const { connection, secret } = checkAgreed(changed(tenant, change));
      if (Object.keys(change).some((key) => key !== 'name')) deps.stopLoads(tenantId);
      // Groups that are not asked for any more would be told as gone from the service by the next load.
      const forgetsGroups = JSON.stringify(connection.workspaces) !== JSON.stringify(tenant.connection.workspaces);
      // The connection first: a load of another window must not send the new token to the old address.
      await writer.updateTenant(tenantId, { name: connection.name, connection, forgetsGroups });
      if (change.accessToken !== undefined) await secrets.write(tenantId, { ...secret });
    },
    remove: async (tenantId) => {
      known(tenantId);
      deps.stopLoads(tenantId);
      await writer.removeTenant(tenantId);
      await secrets.remove(tenantId);
    },
    removeRows: async (tenantId) => {
      if (tenantId !== undefined) known(tenantId);
      for (const { id } of reader.tenants()) if (tenantId === undefined || id === tenantId) deps.stopLoads(id);
      await (tenantId === undefined ? writer.removeAllRows() : writer.removeRows(tenantId));
    },
    tryConnection: async (input, signal) => {
      const { connection, secret } = check(input);
      await deps.probe(connection, secret.accessToken, signal);
    },
    tryChange: async (tenantId, change, signal) => {
      const tenant = known(tenantId);
      const { connection, secret } = check(changed(tenant, change));
      const token = change.accessToken === undefined ? await tokens.get(tenantId) : secret.accessToken;
      await deps.probe(await connectionOf({ ...tenant, connection }), token, signal);
    },
    unagreedHost: (input) => {
      const { foreignHost } = check(input);
      return foreignHost !== undefined && !reader.hasAgreedToHost(foreignHost) ? foreignHost : undefined;
    },
    agreeToHost: (host) => writer.agreeToHost(host),
    connectionOf,
  };
}
