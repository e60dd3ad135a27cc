import { randomUUID } from 'node:crypto';
import type { Rows } from '../tenantIdentity.ts';
import type { PowerBITenant, Workspace, WorkspaceMember } from './tenant.ts';

/** A tenant whose workspaces and members can be changed; the tenant that it was made of stays as it is. */
export interface EditableTenant extends PowerBITenant {
  add(name: string, members: readonly WorkspaceMember[]): Workspace;
  replace(workspace: Workspace): void;
  setMembers(workspace: Workspace, members: readonly WorkspaceMember[]): void;
  /** Whether another workspace that is not deleted is called so. */
  isNameTaken(name: string, own?: string): boolean;
  /** Whether an e-mail address may be somebody's: its domain is one of the tenant's. */
  isKnownAddress(address: string): boolean;
}

/** Domains are taken from so many workspaces. */
const LOOKED_THROUGH = 200;

export function editable(tenant: PowerBITenant): EditableTenant {
  const replaced = new Map<string, Workspace>();
  const members = new Map<string, readonly WorkspaceMember[]>();
  const added: Workspace[] = [];
  const current = (workspace: Workspace) => replaced.get(workspace.id.toLowerCase()) ?? workspace;
  const isMine = ({ type, state }: Workspace) => state === 'Active' && !type.startsWith('Personal');
  const membersOf = (workspace: Workspace) => members.get(workspace.id.toLowerCase()) ?? tenant.members(workspace);
  let domains: Set<string> | undefined;

  const mine = (): Rows<Workspace> => {
    if (replaced.size === 0 && added.length === 0) return tenant.myWorkspaces;
    const ids = new Set(tenant.myWorkspaces.slice(0, tenant.myWorkspaces.length).map(({ id }) => id));
    // A workspace that comes back is one's own again.
    const back = [...replaced.values()].filter(({ id }) => !ids.has(id) && !added.some((one) => one.id === id));
    const all = [...tenant.myWorkspaces.slice(0, tenant.myWorkspaces.length), ...added, ...back];
    return all.map(current).filter(isMine);
  };
  const workspaces: Rows<Workspace> = {
    get length() {
      return tenant.workspaces.length + added.length;
    },
    slice: (start = 0, end = workspaces.length) => {
      const { length } = tenant.workspaces;
      const own = added.slice(Math.max(0, start - length), Math.max(0, end - length));
      return [...tenant.workspaces.slice(start, end), ...own].map(current);
    },
  };
  return {
    ...tenant,
    workspaces,
    get myWorkspaces() {
      return mine();
    },
    workspace: (id) => {
      const found = tenant.workspace(id) ?? added.find((one) => one.id === id.toLowerCase());
      return found && current(found);
    },
    members: membersOf,
    add: (name, first) => {
      const workspace: Workspace = { id: randomUUID(), name, type: 'Workspace', state: 'Active' };
      added.push(workspace);
      members.set(workspace.id, first);
      return workspace;
    },
    replace: (workspace) => void replaced.set(workspace.id.toLowerCase(), workspace),
    setMembers: (workspace, all) => void members.set(workspace.id.toLowerCase(), all),
    isNameTaken: (name, own) =>
      workspaces
        .slice()
        .some((one) => one.id !== own && one.state === 'Active' && one.name.toLowerCase() === name.toLowerCase()),
    isKnownAddress: (address) => {
      domains ??= new Set(
        tenant.workspaces
          .slice(0, LOOKED_THROUGH)
          .flatMap((one) => tenant.members(one).flatMap(({ emailAddress }) => emailAddress ?? []))
          .map(domainOf),
      );
      return domains.has(domainOf(address)) || /#EXT#/i.test(address);
    },
  };
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
