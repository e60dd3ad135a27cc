import assert from 'node:assert/strict';
import type { Wish } from '../../../../src/core/changes/changes.ts';
import { principalOf } from '../../../../src/core/changes/planWorld.ts';
import type { Member } from '../../../../src/core/model.ts';
import type { SandboxTenant } from '../../../../src/sandbox/tenant.ts';
import { powerbi, type Stage, stranger, uipath } from './stage.ts';

/** A kind of change of a service, to be met by faults. */
export interface WriteSubject {
  readonly name: string;
  readonly tenant: () => SandboxTenant;
  /** The requests that change something. */
  readonly line: RegExp;
  wish(stage: Stage): Promise<Wish>;
  /** Whether the service itself has it so. */
  isThere(stage: Stage, wish: Wish): Promise<boolean>;
}

async function inGroup(stage: Stage, { groupId = '', principal }: Wish): Promise<Member | undefined> {
  const id = principal?.identifier.toLowerCase();
  const all = await stage.actual(groupId);
  return all.find((one) => [one.identifier, one.email].some((known) => known?.toLowerCase() === id));
}

async function memberAt(stage: Stage, index: number) {
  const [group] = stage.groups;
  assert.ok(group);
  const member = (await stage.actual(group.id))[index];
  assert.ok(member);
  return { tenantId: stage.tenantId, groupId: group.id, principal: principalOf(member) };
}

/** Somebody of the second group who is not in the first. */
async function newcomer(stage: Stage) {
  const [group, other] = stage.groups;
  assert.ok(group && other);
  const held = new Set((await stage.actual(group.id)).map(({ identifier }) => identifier));
  const found = (await stage.actual(other.id)).find(({ identifier, email }) => email && !held.has(identifier));
  assert.ok(found?.email);
  return { tenantId: stage.tenantId, groupId: group.id, principal: principalOf(found) };
}

async function groupsNow(stage: Stage): Promise<readonly { readonly name: string; readonly state: unknown }[]> {
  const { items } = await stage.core.api.groups(stage.tenantId, { refresh: true });
  return items.map(({ name, details }) => ({ name, state: details.state }));
}

const ofPowerBI = (scope: 'member' | 'admin'): readonly WriteSubject[] => {
  const tenant = () => powerbi(scope);
  const [group] = [scope === 'admin' ? 'admin/groups' : 'groups'];
  const users = new RegExp(`^(POST|PUT|DELETE) .*/myorg/${group}/[^/]+/users`);
  return [
    {
      name: `addMember of Power BI, ${scope}`,
      tenant,
      line: users,
      wish: async (stage) => stage.add(stage.groups[0], stranger, 'Viewer'),
      isThere: async (stage, wish) => (await inGroup(stage, wish))?.accessRight === 'Viewer',
    },
    {
      name: `changeAccessRight of Power BI, ${scope}`,
      tenant,
      line: users,
      wish: async (stage) => ({ kind: 'changeAccessRight', ...(await memberAt(stage, 1)), accessRight: 'Viewer' }),
      isThere: async (stage, wish) => (await inGroup(stage, wish))?.accessRight === 'Viewer',
    },
    {
      name: `removeMember of Power BI, ${scope}`,
      tenant,
      line: users,
      wish: async (stage) => ({ kind: 'removeMember', ...(await memberAt(stage, 1)) }),
      isThere: async (stage, wish) => (await inGroup(stage, wish)) === undefined,
    },
  ];
};

export const writeSubjects: readonly WriteSubject[] = [
  ...ofPowerBI('member'),
  ...ofPowerBI('admin'),
  {
    name: 'createGroup of Power BI',
    tenant: () => powerbi(),
    line: /^POST .*\/myorg\/groups\?/,
    wish: async ({ tenantId }) => ({ kind: 'createGroup', tenantId, name: 'Fresh' }),
    isThere: async (stage) => (await groupsNow(stage)).some(({ name }) => name === 'Fresh'),
  },
  {
    name: 'renameGroup of Power BI',
    tenant: () => powerbi(),
    line: /^PATCH /,
    wish: async ({ tenantId, groups }) => ({
      kind: 'renameGroup',
      tenantId,
      groupId: groups[0]?.id ?? '',
      name: 'Renamed',
    }),
    isThere: async (stage) => (await groupsNow(stage)).some(({ name }) => name === 'Renamed'),
  },
  {
    name: 'deleteGroup of Power BI, admin',
    tenant: () => powerbi('admin'),
    line: /^DELETE .*\/myorg\/groups\/[^/]+$/,
    wish: async ({ tenantId, groups }) => ({ kind: 'deleteGroup', tenantId, groupId: groups[0]?.id ?? '' }),
    isThere: async (stage) => (await groupsNow(stage)).some(({ state }) => state === 'Deleted'),
  },
  {
    name: 'addMember of UiPath',
    tenant: uipath,
    line: /^PUT /,
    wish: async (stage) => ({ kind: 'addMember', ...(await newcomer(stage)) }),
    isThere: async (stage, wish) => (await inGroup(stage, wish)) !== undefined,
  },
  {
    name: 'removeMember of UiPath',
    tenant: uipath,
    line: /^PUT /,
    wish: async (stage) => ({ kind: 'removeMember', ...(await memberAt(stage, 1)) }),
    isThere: async (stage, wish) => (await inGroup(stage, wish)) === undefined,
  },
  {
    name: 'createGroup of UiPath',
    tenant: uipath,
    line: /^POST .*\/api\/Group$/,
    wish: async ({ tenantId }) => ({ kind: 'createGroup', tenantId, name: 'Fresh' }),
    isThere: async (stage) => (await groupsNow(stage)).some(({ name }) => name === 'Fresh'),
  },
  {
    name: 'deleteGroup of UiPath',
    tenant: uipath,
    line: /^DELETE /,
    wish: async ({ tenantId, groups }) => ({ kind: 'deleteGroup', tenantId, groupId: groups[0]?.id ?? '' }),
    isThere: async (stage) => (await groupsNow(stage)).length === 3,
  },
  {
    name: 'renameGroup of UiPath',
    tenant: uipath,
    line: /^PUT /,
    wish: async ({ tenantId, groups }) => ({
      kind: 'renameGroup',
      tenantId,
      groupId: groups[0]?.id ?? '',
      name: 'Renamed',
    }),
    isThere: async (stage) => (await groupsNow(stage)).some(({ name }) => name === 'Renamed'),
  },
  {
    name: 'restoreGroup of Power BI, admin',
    tenant: () => powerbi('admin'),
    line: /^POST .*\/restore$/,
    wish: async (stage) => {
      const about = { tenantId: stage.tenantId, groupId: stage.groups[0]?.id ?? '' };
      await stage.apply({ kind: 'deleteGroup', ...about });
      return { kind: 'restoreGroup', ...about, owner: 'boss@generated.example' };
    },
    isThere: async (stage) => (await groupsNow(stage)).every(({ state }) => state === 'Active'),
  },
];
