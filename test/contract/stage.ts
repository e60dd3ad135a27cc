import assert from 'node:assert/strict';
import type { ErrorKind, TenantConnection, TenantExplorerApi } from '../../src/api.ts';
import type { SandboxTenant } from '../../src/sandbox/tenant.ts';
import { type FaultRule, type FaultServer, startFaultServer } from '../support/faultServer.ts';

/** The API under test: of the extension in its host, or of all that needs no VS Code. */
export interface OpenedApi {
  readonly api: TenantExplorerApi;
  close(): Promise<void>;
}

export type OpenApi = () => Promise<OpenedApi>;

/** A tenant that is served and known to the API. */
export interface Served {
  readonly server: FaultServer;
  readonly tenantId: string;
}

/** What a test works with. Servers and tenants are gone when it is over. */
export interface Stage {
  readonly api: TenantExplorerApi;
  /** Serves a tenant and connects to it. */
  serve(tenant: SandboxTenant, rules?: readonly FaultRule[], change?: Partial<TenantConnection>): Promise<Served>;
  /** Serves without connecting. */
  start(tenant: SandboxTenant, rules?: readonly FaultRule[]): Promise<FaultServer>;
  /** Connects; removed after the test. */
  add(connection: TenantConnection): Promise<string>;
}

/** Opens the API for the tests of the suite that calls it. */
export function useStage(open: OpenApi): Stage {
  let opened: OpenedApi | undefined;
  const servers: FaultServer[] = [];

  before(async () => {
    opened = await open();
  });
  afterEach(async () => {
    const api = stage.api;
    for (const { id } of await api.tenants()) if (own.delete(id)) await api.removeTenant(id);
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });
  after(() => opened?.close());

  const own = new Set<string>();
  const stage: Stage = {
    get api() {
      assert.ok(opened, 'The API is open only while tests run');
      return opened.api;
    },
    serve: async (tenant, rules, change) => {
      const server = await stage.start(tenant, rules);
      const [connection] = server.connections;
      assert.ok(connection);
      return { server, tenantId: await stage.add({ ...connection, ...change }) };
    },
    start: async (tenant, rules = []) => {
      const server = await startFaultServer({ tenants: [tenant], rules });
      servers.push(server);
      return server;
    },
    add: async (connection) => {
      const tenantId = await stage.api.addTenant(connection);
      own.add(tenantId);
      return tenantId;
    },
  };
  return stage;
}

/** What the API rejects with: an Error with this kind. */
export async function rejectsWith(kind: ErrorKind, promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (error: unknown) => {
    assert.ok(error instanceof Error, String(error));
    assert.equal((error as { kind?: unknown }).kind, kind, error.message);
    assert.ok(error.message.length > 0);
    return true;
  });
}

/** Asserts that no two rows have the same id. */
export function assertUnique(items: readonly { readonly id: string }[]): void {
  assert.equal(new Set(items.map(({ id }) => id)).size, items.length, 'two rows have the same id');
}

export function idsOf(items: readonly { readonly id: string }[]): string[] {
  return items.map(({ id }) => id);
}
