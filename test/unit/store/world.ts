import type { MemberRow } from '../../../src/core/provider/rows.ts';
import type { StoreReader } from '../../../src/core/store.ts';
import { contoso, group, groupsOf, member, openReader, openWriter, storePath } from './fixture.ts';

export const guid = (number: number) => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

export interface World {
  /** Members of each tenant's groups, by the group's id. */
  readonly tenants: Readonly<Record<string, Readonly<Record<string, readonly MemberRow[]>>>>;
  /** Of groups, by their ids, that are not called by them. */
  readonly names?: Readonly<Record<string, string>>;
}

export function readerOf({ tenants, names = {} }: World): StoreReader {
  const path = storePath();
  const { writer, load } = openWriter(path);
  for (const [id, groups] of Object.entries(tenants)) {
    writer.addTenant({ ...contoso, id });
    load(groupsOf(id), {
      groups: Object.entries(groups).map(([groupId, members]) =>
        group(groupId, { name: names[groupId] ?? `N${groupId}`, members }),
      ),
    });
  }
  return openReader(path);
}

export const nested = (id: string, more: Partial<MemberRow> = {}) => member(id, { principalType: 'group', ...more });
