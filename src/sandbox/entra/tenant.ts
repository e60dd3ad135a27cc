import { guidOf } from '../guid.ts';
import { type Rows, type TenantIdentity, tenantIdentity } from '../tenantIdentity.ts';

/** A group of the directory, in the words of Microsoft Graph. */
export interface DirectoryGroup {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly mail: string | null;
  readonly mailEnabled: boolean;
  readonly securityEnabled: boolean;
  readonly groupTypes: readonly string[];
  readonly visibility: 'Public' | 'Private' | 'HiddenMembership' | null;
  readonly createdDateTime: string;
  readonly isAssignableToRole?: boolean | null;
}

/** A member of a group. Objects of a type that the account may not read have nothing but type and id. */
export interface DirectoryObject {
  readonly '@odata.type':
    | '#microsoft.graph.user'
    | '#microsoft.graph.group'
    | '#microsoft.graph.servicePrincipal'
    | '#microsoft.graph.device'
    | '#microsoft.graph.orgContact';
  readonly id: string;
  readonly displayName: string | null;
  readonly [property: string]: unknown;
}

/** An Entra directory, seen by one account. */
export interface EntraTenant extends TenantIdentity {
  readonly provider: 'entra';
  readonly directoryId: string;
  readonly groups: Rows<DirectoryGroup>;
  group(id: string): DirectoryGroup | undefined;
  /** All of them; who may be listed, and how, is for the routes to say. */
  members(group: DirectoryGroup): readonly DirectoryObject[];
}

/** A group together with its members. */
export interface DirectoryGroupDescription extends DirectoryGroup {
  readonly members: readonly DirectoryObject[];
}

export interface EntraTenantDescription extends Partial<TenantIdentity> {
  readonly name: string;
  readonly groups: readonly DirectoryGroupDescription[];
}

/** Makes a directory of groups that are written down in full. */
export function entraTenant(description: EntraTenantDescription): EntraTenant {
  const identity = tenantIdentity(description);
  const byId = new Map(description.groups.map((group) => [group.id.toLowerCase(), group]));
  return {
    ...identity,
    provider: 'entra',
    directoryId: guidOf(`directory/${identity.path}`),
    groups: description.groups.map(({ members: _, ...group }) => group),
    group: (id) => {
      const found = byId.get(id.toLowerCase());
      if (!found) return undefined;
      const { members: _, ...group } = found;
      return group;
    },
    members: (group) => byId.get(group.id.toLowerCase())?.members ?? [],
  };
}
