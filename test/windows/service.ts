import type { Fault } from '../support/fault.ts';

/** A Power BI whose workspaces and members are others in each version, and say of which they are. */
export interface VersionedService {
  version: number;
  readonly fault: Fault;
}

const groupNumbers = 12;
const memberNumbers = 30;
const groupsAtOnce = 4;
const membersAtOnce = 8;

export function createVersionedService(): VersionedService {
  const service: VersionedService = {
    version: 1,
    fault: async ({ url }) => Response.json(reply(url, service.version)),
  };
  return service;
}

/** Never none: an empty listing is never the truth. */
export function groupsOf(version: number): readonly string[] {
  return some('g', groupNumbers, version);
}

export function membersOf(groupId: string, version: number): readonly string[] {
  return some('u', memberNumbers, version + 7 * Number(groupId.slice(1)));
}

/** The first one, and two thirds of the others: other ones for each seed. */
function some(prefix: string, numbers: number, seed: number): readonly string[] {
  const names = Array.from({ length: numbers }, (_, index) => `${prefix}${index}`);
  return names.filter((_, index) => index === 0 || (Math.imul(index + 1, seed * 2654435761 + 40503) >>> 8) % 3 > 0);
}

function reply(url: URL, version: number): unknown {
  const groupId = /\/groups\/([^/]+)\/users$/.exec(url.pathname)?.[1];
  if (groupId !== undefined) {
    return page(
      url,
      membersAtOnce,
      membersOf(groupId, version).map((id) => member(id, version)),
    );
  }
  const isAdmin = url.pathname.includes('/admin/');
  const rows = groupsOf(version).map((id) => ({
    ...{ id, name: groupName(id, version), type: 'Workspace', version },
    ...(isAdmin ? { users: membersOf(id, version).map((memberId) => member(memberId, version)) } : {}),
  }));
  return page(url, groupsAtOnce, rows);
}

export function groupName(id: string, version: number): string {
  return `Group ${id} of version ${version}`;
}

function member(id: string, version: number) {
  return {
    ...{ groupUserAccessRight: 'Viewer', displayName: `User ${id}`, emailAddress: `${id}@contoso.example` },
    ...{ identifier: id, principalType: 'User', version },
  };
}

function page(url: URL, most: number, rows: readonly unknown[]): unknown {
  const skip = Number(url.searchParams.get('$skip') ?? 0);
  return { '@odata.count': rows.length, value: rows.slice(skip, skip + most) };
}
