import assert from 'node:assert/strict';
import type { ChangePrincipal, Plan, PlanResult, Wish } from '../../../../src/core/changes/changes.ts';
import type { Changes } from '../../../../src/core/changes/pipeline.ts';
import type { Group, Member, StoredConnection } from '../../../../src/core/model.ts';
import { decoders } from '../../../../src/providers/decoders.ts';
import { providers } from '../../../../src/providers/index.ts';
import type { SandboxConnection } from '../../../../src/sandbox/connections.ts';
import { generateTenant } from '../../../../src/sandbox/generatedTenant.ts';
import type { SandboxTenant } from '../../../../src/sandbox/tenant.ts';
import { type Core, type CoreOptions, startCore } from '../../../support/core.ts';
import { type FaultServer, startFaultServer } from '../../../support/faultServer.ts';
import { quickPause } from '../../../support/quickPause.ts';

/** A tenant of the sandbox that may be changed, with the pipeline before it. */
export interface Stage {
  readonly core: Core;
  readonly server: FaultServer;
  readonly changes: Changes;
  readonly tenantId: string;
  readonly groups: readonly Group[];
  /** What the service itself shows, past all that is stored. */
  actual(groupId: string): Promise<readonly Member[]>;
  apply(...wishes: Wish[]): Promise<PlanResult>;
  plan(...wishes: Wish[]): Promise<Plan>;
  add(group: Group | undefined, principal: ChangePrincipal, accessRight?: string): Wish;
  close(): Promise<void>;
}

export const small = { groups: 4, membersPerGroup: 5, people: 12 };

export const powerbi = (scope: 'member' | 'admin' = 'member') =>
  generateTenant({ provider: 'powerbi', ...small, scope, name: `Power BI ${scope}` });

export const uipath = () => generateTenant({ provider: 'uipath', ...small, name: 'UiPath' });

/** Somebody who is in none of the groups, and whom the service would take. */
export const stranger: ChangePrincipal = {
  identifier: 'new@generated.example',
  principalType: 'user',
  name: 'new@generated.example',
};

/** @param options `core`: one that several stages share, which is the caller's to close */
export async function openStage(
  tenant: SandboxTenant,
  options: CoreOptions & { readonly isReadOnly?: true; readonly core?: Core } = {},
): Promise<Stage> {
  const server = await startFaultServer({ tenants: [tenant] });
  const core = options.core ?? startCore({ pause: quickPause, ...options });
  const [connection] = server.connections;
  assert.ok(connection);
  const tenantId = await core.api.addTenant(connection);
  if (!options.isReadOnly) await core.store.writer.setAllowsChanges(tenantId, true);
  const { items: groups } = await core.api.groups(tenantId);
  const changes = await core.sync.changes();
  const { signal } = new AbortController();
  const plan = (...wishes: Wish[]) => changes.plan(wishes, signal);
  return {
    core,
    server,
    changes,
    tenantId,
    groups,
    actual: async (groupId) => {
      const provider = providers.find(({ id }) => id === tenant.provider);
      const group = core.store.reader.group(tenantId, groupId) ?? {
        id: groupId,
        tenantId,
        name: '',
        kind: '',
        details: {},
      };
      const request = provider?.requests.members(connectionOf(connection), group);
      assert.ok(provider && request);
      const reply = await fetch(request.url, {
        headers: { authorization: `Bearer ${tenant.accessToken}`, 'x-look': '1' },
      });
      assert.equal(reply.status, 200);
      const page = decoders[provider.id]?.(new Uint8Array(await reply.arrayBuffer()), request);
      return (page?.members ?? []).map(({ details = {}, ...row }) => ({ ...row, details }));
    },
    plan,
    apply: async (...wishes) => changes.apply(await plan(...wishes), { signal }),
    add: (group, principal, accessRight) => ({
      kind: 'addMember',
      tenantId,
      ...(group ? { groupId: group.id } : {}),
      principal,
      ...(accessRight === undefined ? {} : { accessRight }),
    }),
    close: async () => {
      if (options.core) await core.api.removeTenant(tenantId);
      else await core.close();
      await server.close();
      assert.deepEqual(core.errors, []);
    },
  };
}

function connectionOf({ auth, ...connection }: SandboxConnection): StoredConnection {
  return { ...connection, signIn: auth.method };
}

export function outcomes(result: PlanResult): readonly string[] {
  return result.results.map(({ outcome }) => outcome);
}
