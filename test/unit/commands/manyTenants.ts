import assert from 'node:assert/strict';
import type { CommandDeps } from '../../../src/commands/command.ts';
import type { Member } from '../../../src/core/model.ts';
import type { Target } from '../../../src/core/target.ts';
import { providers } from '../../../src/providers/index.ts';
import { generateTenant } from '../../../src/sandbox/generatedTenant.ts';
import { type Core, startCore } from '../../support/core.ts';
import { createFakeDeps } from '../../support/fakeCommandDeps.ts';
import type { FakeUi, Reply } from '../../support/fakeUi.ts';
import { quickPause } from '../../support/quickPause.ts';
import { openStage, type Stage, small } from '../sync/changes/stage.ts';

/** Several tenants of one store, with the real pipeline before them. */
export interface ManyTenants {
  readonly core: Core;
  /** Each is read whole. */
  open(...tenants: Parameters<typeof openStage>[]): Promise<Stage[]>;
  /** A user in front of the real pipeline. */
  user(...replies: Reply[]): { readonly deps: CommandDeps; readonly ui: FakeUi };
  membersAt(stage: Stage, index: number): Promise<readonly MemberRow[]>;
  allMembers(stage: Stage): Promise<readonly MemberRow[]>;
  close(): Promise<void>;
}

export interface MemberRow extends Member {
  readonly target: Target;
}

export function startManyTenants(): ManyTenants {
  const core = startCore({ pause: quickPause });
  const stages: Stage[] = [];
  const many: ManyTenants = {
    core,
    open: async (...tenants) => {
      for (const [tenant, options] of tenants) {
        const stage = await openStage(tenant, { core, ...options });
        stages.push(stage);
        await core.api.loadAll(stage.tenantId);
      }
      return stages;
    },
    user: (...replies) => {
      const fake = createFakeDeps(...replies);
      const { reader, writer } = core.store;
      const real = { reader, sync: core.sync, providers: () => providers, allowChanges: writer.setAllowsChanges };
      return { deps: { ...fake, ...real }, ui: fake.ui };
    },
    membersAt: async (stage, index) => {
      const { id, target } = groupAt(stage, index);
      const { items } = await core.api.members(stage.tenantId, id);
      return items.map((member) => ({ ...member, target: { ...target, memberId: member.id } }));
    },
    allMembers: async (stage) => (await Promise.all(stage.groups.map((_, at) => many.membersAt(stage, at)))).flat(),
    close: async () => {
      for (const stage of stages) await stage.close();
      await core.close();
    },
  };
  return many;
}

/** Its people have the same addresses as those of the other tenants. */
export const readOnlyTenant: Parameters<typeof openStage> = [
  generateTenant({ provider: 'powerbi', ...small, name: 'Read only' }),
  { isReadOnly: true },
];

export function groupAt({ groups, tenantId }: Stage, index: number) {
  const group = groups[index];
  assert.ok(group);
  return { ...group, target: { tenantId, groupId: group.id } };
}

/** Who has which right, as the service shows it. */
export async function stateOf(stage: Stage): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const all = stage.groups.map(async ({ id }) => {
    const members = await stage.actual(id);
    return [
      id,
      new Map(members.map((one) => [one.email ?? one.identifier, one.accessRight ?? ''] as const).sort()),
    ] as const;
  });
  return new Map(await Promise.all(all));
}

export function modals(ui: FakeUi): readonly string[] {
  return ui.shown.filter(({ kind }) => kind === 'confirm').map(({ text }) => text);
}

export function lastModal(ui: FakeUi): string {
  return modals(ui).at(-1) ?? '';
}
