import assert from 'node:assert/strict';
import type { SandboxTenant } from '../../../src/sandbox/tenant.ts';
import { type Core, startCore } from '../../support/core.ts';
import { type FaultRule, type FaultServer, startFaultServer } from '../../support/faultServer.ts';
import { quickPause } from '../../support/quickPause.ts';

export interface Asked {
  readonly core: Core;
  readonly server: FaultServer;
  readonly id: string;
}

/** Opens a tenant that nothing was read of, with a service that fails by rules. Called in a `describe`, whose tests close it. */
export function askedTenant(tenant: SandboxTenant): (rules?: readonly FaultRule[]) => Promise<Asked> {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  return async (rules = []) => {
    const core = startCore({ pause: quickPause });
    const server = await startFaultServer({ tenants: [tenant], rules });
    opened.push(core, server);
    const [connection] = server.connections;
    assert.ok(connection);
    return { core, server, id: await core.api.addTenant(connection) };
  };
}
