import {
  type FindingCoverage,
  type FindingDetail,
  type FindingId,
  type FindingRow,
  type FindingRules,
  findingIds,
  type IgnoredFinding,
} from '../../../../../src/core/findings/findings.ts';
import type { GroupRow, MemberRow } from '../../../../../src/core/provider/rows.ts';
import type { StoreReader } from '../../../../../src/core/store.ts';
import { accessModels } from '../../../../../src/providers/accessModels.ts';
import {
  contoso,
  group,
  groupsOf,
  member,
  type OpenedWriter,
  openReader,
  openWriter,
  storePath,
} from '../../fixture.ts';

/** The meaning of Power BI's rights for the provider `test`, UiPath's and none for two others. */
export const rules: FindingRules = {
  ids: findingIds,
  access: { test: accessModels.powerbi ?? {}, uipath: accessModels.uipath ?? {} },
  mostBuiltInAdmins: 2,
  mostAdministered: 2,
};

/** Members of groups by the groups' ids; a group with more to it is a row. */
export type Groups = Readonly<Record<string, readonly MemberRow[] | Partial<GroupRow>>>;

export interface World extends OpenedWriter {
  readonly path: string;
  readonly reader: StoreReader;
  /** Adds a tenant of that provider, or loads the groups of one anew. */
  tenant(id: string, groups: Groups, provider?: string): void;
}

export function createWorld(): World {
  const path = storePath();
  const opened = openWriter(path);
  const reader = openReader(path);
  return {
    ...opened,
    path,
    reader,
    tenant: (id, groups, provider = 'test') => {
      if (!reader.tenant(id)) opened.writer.addTenant({ ...contoso, id, name: `T-${id}`, provider });
      const rows = Object.entries(groups).map(([groupId, more]) =>
        group(groupId, Array.isArray(more) ? { members: more } : (more as Partial<GroupRow>)),
      );
      opened.load(groupsOf(id), { groups: rows });
    },
  };
}

export interface Looked {
  readonly rows: readonly FindingRow[];
  readonly details: readonly FindingDetail[];
  readonly coverage: readonly FindingCoverage[];
  readonly ignored: readonly IgnoredFinding[];
}

export async function look(reader: StoreReader, changed: Partial<FindingRules> = {}): Promise<Looked> {
  const rows: FindingRow[] = [];
  let end: Pick<Looked, 'coverage' | 'ignored'> = { coverage: [], ignored: [] };
  for await (const slice of reader.findings({ ...rules, ...changed })) {
    rows.push(...slice.rows);
    if (slice.end) end = slice.end;
  }
  return { rows, details: await reader.findingDetails(rows), ...end };
}

/** The findings of one kind, as `group member right (number) > groups passed`. */
export async function found(reader: StoreReader, id: FindingId, changed?: Partial<FindingRules>): Promise<string[]> {
  const { details } = await look(reader, changed);
  return details
    .filter(({ finding }) => finding === id)
    .map(({ target, accessRight, count, through }) =>
      [
        target.groupId,
        target.memberId,
        accessRight === '' ? undefined : accessRight,
        count === undefined ? undefined : `(${count})`,
        ...(through ?? []).map((name) => `> ${name.replace('Group ', '')}`),
      ]
        .filter((part) => part !== undefined)
        .join(' '),
    );
}

export const admin = (id: string, more: Partial<MemberRow> = {}) => member(id, { accessRight: 'Admin', ...more });
export const viewer = (id: string, more: Partial<MemberRow> = {}) => member(id, { accessRight: 'Viewer', ...more });
export const guest = (id: string, accessRight: string) =>
  member(id, { accessRight, details: { userType: 'Guest', displayName: id } });
export const nested = (id: string, more: Partial<MemberRow> = {}) => member(id, { principalType: 'group', ...more });
