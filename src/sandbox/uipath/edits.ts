import type { Rows } from '../tenantIdentity.ts';
import type { IdentityGroup, IdentityMember, UiPathTenant } from './tenant.ts';

/** An organization whose groups can be changed; the one that it was made of stays as it is. */
export interface EditableOrganization extends UiPathTenant {
  add(group: IdentityGroup, members: readonly IdentityMember[]): void;
  rename(group: IdentityGroup, name: string): IdentityGroup;
  remove(group: IdentityGroup): void;
  setMembers(group: IdentityGroup, members: readonly IdentityMember[]): void;
  /** Everybody whom the directory knows. */
  directory(): ReadonlyMap<string, IdentityMember>;
}

export function editable(tenant: UiPathTenant): EditableOrganization {
  const replaced = new Map<string, IdentityGroup>();
  /** Of the groups that it was made of: one that is added later may have the same id. */
  const removed = new Set<string>();
  const members = new Map<string, readonly IdentityMember[]>();
  const added = new Map<string, IdentityGroup>();
  let known: Map<string, IdentityMember> | undefined;
  const keyOf = ({ id }: { readonly id: string }) => id.toLowerCase();
  const current = (group: IdentityGroup) => replaced.get(keyOf(group)) ?? group;
  const membersOf = (group: IdentityGroup) => members.get(keyOf(group)) ?? tenant.members(group);
  const isEdited = () => replaced.size > 0 || removed.size > 0 || added.size > 0;

  const groups = (): Rows<IdentityGroup> => {
    if (!isEdited()) return tenant.groups;
    const left = tenant.groups.slice(0, tenant.groups.length).filter((group) => !removed.has(keyOf(group)));
    return [...left, ...added.values()].map(current);
  };

  /** The groups of somebody, as the changes since then have left them. */
  function groupIdsOf(id: string, before: readonly string[] | null): readonly string[] | null {
    if (members.size === 0 && removed.size === 0) return before;
    const ids = new Set((before ?? []).filter((one) => !removed.has(one.toLowerCase())));
    for (const [group, all] of members) {
      if (all.some(({ identifier }) => identifier === id)) ids.add(group);
      else for (const one of ids) if (one.toLowerCase() === group) ids.delete(one);
    }
    return ids.size === 0 ? null : [...ids];
  }

  function mapped<T>(rows: Rows<T>, map: (row: T) => T): Rows<T> {
    return { length: rows.length, slice: (start = 0, end = rows.length) => rows.slice(start, end).map(map) };
  }

  return {
    ...tenant,
    get groups() {
      return groups();
    },
    users: mapped(tenant.users, (user) => ({ ...user, groupIDs: groupIdsOf(user.id, user.groupIDs) })),
    robotAccounts: mapped(tenant.robotAccounts, (robot) => ({
      ...robot,
      groupIds: groupIdsOf(robot.id, robot.groupIds),
    })),
    group: (id) => {
      const key = id.toLowerCase();
      const found = added.get(key) ?? (removed.has(key) ? undefined : tenant.group(id));
      return found && current(found);
    },
    members: membersOf,
    add: (group, all) => {
      added.set(keyOf(group), group);
      members.set(keyOf(group), all);
    },
    rename: (group, name) => {
      const renamed = { ...group, name, displayName: name };
      replaced.set(keyOf(group), renamed);
      return renamed;
    },
    remove: (group) => {
      const key = keyOf(group);
      if (!added.delete(key)) removed.add(key);
      replaced.delete(key);
      members.delete(key);
    },
    setMembers: (group, all) => void members.set(keyOf(group), all),
    directory: () => (known ??= directoryOf(tenant)),
  };
}

function directoryOf(tenant: UiPathTenant): Map<string, IdentityMember> {
  const all = tenant.groups.slice(0, tenant.groups.length).flatMap((group) => tenant.members(group));
  const found = new Map(all.map((member) => [member.identifier.toLowerCase(), member]));
  for (const user of tenant.users.slice(0, tenant.users.length)) {
    if (found.has(user.id.toLowerCase())) continue;
    const { id, userName, displayName, email, name, surname, type } = user;
    const names = { name: userName, displayName, email, firstName: name, lastName: surname };
    const source = type === 0 ? 'local' : 'aad';
    found.set(id.toLowerCase(), { objectType: 'DirectoryUser', source, identifier: id, ...names });
  }
  for (const { id, name, displayName } of tenant.robotAccounts.slice(0, tenant.robotAccounts.length)) {
    if (found.has(id.toLowerCase())) continue;
    const robot = { name, displayName, email: null };
    found.set(id.toLowerCase(), { objectType: 'DirectoryRobotUser', source: 'local', identifier: id, ...robot });
  }
  return found;
}
