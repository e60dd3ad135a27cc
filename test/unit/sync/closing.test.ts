import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { lines } from '../../contract/lines.ts';
import { rejectsWith } from '../../contract/stage.ts';
import { plainPowerBI, plainUiPath } from '../../contract/tenants.ts';
import { startCore } from '../../support/core.ts';
import { startFaultServer } from '../../support/faultServer.ts';
import { cutConnection, hold, reset, silence, throttle } from '../../support/faults.ts';
import { leftOpen, resourcesBefore } from '../../support/openResources.ts';
import { quickPause } from '../../support/quickPause.ts';

describe('closing', () => {
  it('leaves nothing open after loads that met faults', async () => {
    const before = await resourcesBefore();
    const core = startCore({ pause: quickPause, timeouts: { idle: 100 } });
    for (const fault of [reset(), cutConnection(), throttle(3600), silence()]) {
      const server = await startFaultServer({ tenants: [plainPowerBI(3)], rules: [{ match: lines.groups, fault }] });
      const [connection] = server.connections;
      assert.ok(connection);
      await core.api.loadAll(await core.api.addTenant(connection));
      await server.close();
    }
    await core.close();
    assert.deepEqual(await leftOpen(before), []);
  });

  it('stops what runs, and leaves nothing open', async () => {
    const before = await resourcesBefore();
    const core = startCore();
    const held = hold();
    const tenants = [plainPowerBI(4), plainUiPath(4, 2, 'null')];
    const line = (text: string) => lines.members.test(text) || lines.references.test(text);
    const server = await startFaultServer({ tenants, rules: [{ match: line, fault: held.fault }] });
    const loads = [];
    for (const connection of server.connections) {
      const tenantId = await core.api.addTenant(connection);
      loads.push(rejectsWith('cancelled', core.api.loadAll(tenantId)));
    }
    const running = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((n) => server.received(line, n)));
    await core.close();
    await Promise.all(loads);
    await Promise.all(running.map(({ abandoned }) => abandoned));
    await server.close();
    assert.deepEqual(core.errors, []);
    assert.equal(existsSync(core.folder), false, 'the store was begun anew');
    assert.deepEqual(await leftOpen(before), []);
  });

  it('does not wait for a provider of another extension that hangs', async () => {
    const core = startCore();
    core.api.registerProvider({
      id: 'hanging',
      label: 'Hanging',
      icon: 'clock',
      capabilities: [],
      signInMethods: ['accessToken'],
      async *listGroups() {
        await new Promise(() => undefined);
        yield [];
      },
      async *listMembers() {
        yield [];
      },
    });
    const auth = { method: 'accessToken', accessToken: 'token' } as const;
    const tenantId = await core.api.addTenant({ provider: 'hanging', name: 'Hanging', auth });
    const load = rejectsWith('cancelled', core.api.groups(tenantId));
    await core.close();
    await load;
  });
});
