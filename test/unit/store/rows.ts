import type { ListingKey } from '../../../src/core/listing.ts';
import type { TenantRecord } from '../../../src/core/model.ts';
import type { GroupRow, MemberRow } from '../../../src/core/provider/rows.ts';

export const contoso: TenantRecord = {
  id: 'contoso',
  provider: 'test',
  name: 'Contoso',
  account: 'ada@contoso.example',
  connection: { provider: 'test', name: 'Contoso', signIn: 'accessToken' },
  isSample: false,
};

export const groupsOf = (tenantId: string): ListingKey => ({ list: 'groups', tenantId });
export const membersOf = (tenantId: string, groupId: string): ListingKey => ({ list: 'members', tenantId, groupId });
export const directoryOf = (tenantId: string): ListingKey => ({ list: 'directory', tenantId });

export const contosoGroups = groupsOf('contoso');

export function group(id: string, more: Partial<GroupRow> = {}): GroupRow {
  return { id, name: `Group ${id}`, kind: 'workspace', details: { id, name: `Group ${id}` }, ...more };
}

export function member(id: string, more: Partial<MemberRow> = {}): MemberRow {
  return { id, name: `Name of ${id}`, identifier: id, principalType: 'user', ...more };
}
