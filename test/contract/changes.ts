import assert from 'node:assert/strict';
import type { TenantExplorerApi } from '../../src/api.ts';
import { status } from '../support/faults.ts';
import { lines } from './lines.ts';
import { type OpenApi, useStage } from './stage.ts';
import { plainPowerBI } from './tenants.ts';

export interface Change {
  readonly tenantId: string;
  readonly groupId?: string;
}

/** The next change that is meant. Subscribes at once. */
export function nextChange(api: TenantExplorerApi, isMeant: (change: Change) => boolean): Promise<Change> {
  return new Promise((resolve) => {
    const listening = api.onDidChange((change) => {
      if (!isMeant(change)) return;
      listening.dispose();
      resolve(change);
    });
  });
}

/** Rule 13: what changed is told, but not too often. */
export function describeChanges(open: OpenApi): void {
  describe('rule 13: onDidChange', () => {
    const stage = useStage(open);

    it('fires when the store holds what changed', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(2));
      const changed = nextChange(stage.api, (change) => change.tenantId === tenantId);
      const { items } = await stage.api.groups(tenantId);
      await changed;
      assert.equal((await stage.api.groups(tenantId)).completeness.state, 'complete');

      const [groupId = ''] = items.map(({ id }) => id);
      const isOfGroup = (change: Change) => change.tenantId === tenantId && (change.groupId ?? groupId) === groupId;
      const membersChanged = nextChange(stage.api, isOfGroup);
      await stage.api.members(tenantId, groupId);
      await membersChanged;
      assert.equal(server.count(lines.anything), 2);
    });

    it('fires when only the state changed', async () => {
      const { server, tenantId } = await stage.serve(plainPowerBI(2));
      await stage.api.groups(tenantId);
      server.add({ match: lines.groups, fault: status(404) });
      const changed = nextChange(stage.api, (change) => change.tenantId === tenantId);
      await stage.api.groups(tenantId, { refresh: true });
      await changed;
    });

    it('fires for tenants that come and go', async () => {
      // Of another tenant, too, there may still be something to tell: that the one of the test before is gone.
      let tenantId: string | undefined;
      const told = new Set<string>();
      const added = nextChange(stage.api, (change) => told.add(change.tenantId).has(tenantId ?? ''));
      ({ tenantId } = await stage.serve(plainPowerBI(1)));
      if (!told.has(tenantId)) await added;
      const removed = nextChange(stage.api, (change) => change.tenantId === tenantId);
      await stage.api.removeTenant(tenantId);
      await removed;
    });

    it('fires at most every 100 ms a tenant, and once more for what came last', async () => {
      const { tenantId } = await stage.serve(plainPowerBI(1));
      const times: number[] = [];
      const listening = stage.api.onDidChange((change) => {
        if (change.tenantId === tenantId) times.push(performance.now());
      });
      for (let load = 0; load < 40; load++) await stage.api.groups(tenantId, { refresh: true });
      const last = nextChange(stage.api, (change) => change.tenantId === tenantId);
      await stage.api.groups(tenantId, { refresh: true });
      await last;
      listening.dispose();
      const spanned = (times.at(-1) ?? 0) - (times[0] ?? 0);
      // A timer may be a millisecond early.
      assert.ok(times.length <= spanned / 99 + 1, `${times.length} events in ${spanned} ms`);
    });

    it('is not held up by a listener that throws', async () => {
      const broken = stage.api.onDidChange(() => {
        throw new Error('a listener of another extension');
      });
      try {
        const { tenantId } = await stage.serve(plainPowerBI(1));
        const changed = nextChange(stage.api, (change) => change.tenantId === tenantId);
        assert.equal((await stage.api.groups(tenantId)).completeness.state, 'complete');
        await changed;
      } finally {
        broken.dispose();
      }
    });
  });
}
