import type { FileProblem, Span } from '../../core/editedFile.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { StoreReader } from '../../core/store.ts';
import { safeText } from '../../core/text/text.ts';
import type { Translate } from '../../core/text/translate.ts';
import { createTurns } from '../../core/turns/turns.ts';
import { groupSpan } from './compareGroup.ts';
import type { AccessFile, FileGroup, Placed } from './parseFile.ts';

type Mark = (span: Span, severity: FileProblem['severity'], message: string) => void;

/** Names that one message has room for. */
const mostNamed = 10;

const groupsAtOnce = 1000;

/** How a file names a tenant, so that it means the same on other computers: by its name where that is one tenant's only. */
export function tenantWord(reader: StoreReader, { id, name }: TenantRecord): string {
  const isFit = reader.tenants().every((one) => one.id === id || (one.name !== name && one.id !== name));
  return isFit && name.trim() !== '' ? name : id;
}

/** The tenant that a file names. */
export function resolveTenant(
  reader: StoreReader,
  { value, span }: Placed,
  mark: Mark,
  t: Translate,
): TenantRecord | undefined {
  const all = reader.tenants();
  const byId = all.find(({ id }) => id === value);
  if (byId) return byId;
  const named = all.filter(({ name }) => name === value);
  if (named.length === 1) return named[0];
  const list = (some: readonly string[]) => some.slice(0, mostNamed).map(safeText).join(', ');
  if (named.length > 1)
    mark(span, 'error', t('Several tenants are called so. Name one by its id: {0}', list(named.map(({ id }) => id))));
  else if (all.length === 0) mark(span, 'error', t('There is no tenant yet. Add one first.'));
  else mark(span, 'error', t('There is no such tenant here. There are: {0}', list(all.map(({ name }) => name))));
  return undefined;
}

/** A group of the file with the id of the group that it means. */
export interface ResolvedGroup {
  readonly group: FileGroup;
  readonly groupId: string;
}

export interface ResolvedGroups {
  readonly groups: readonly ResolvedGroup[];
  readonly problems: readonly FileProblem[];
  /** Some are not in the store: it may know too little. */
  readonly isLacking: boolean;
}

/** The groups that a file names, as far as the store knows them. */
export async function resolveGroups(
  reader: StoreReader,
  tenant: TenantRecord,
  { groups }: AccessFile,
  t: Translate,
): Promise<ResolvedGroups> {
  const turns = createTurns();
  const problems: FileProblem[] = [];
  const mark: Mark = (span, severity, message) => void problems.push({ span, severity, message });
  const byName = groups.some(({ id }) => !id) ? await idsByName(reader, tenant.id) : new Map<string, string[]>();
  const isAllKnown = reader.completeness({ list: 'groups', tenantId: tenant.id }).state === 'complete';
  const found: ResolvedGroup[] = [];
  const seen = new Set<string>();
  let isLacking = false;
  for (const group of groups) {
    if (turns.isOver()) await turns.next();
    const { id, name } = group;
    const ids = id ? idsLike(reader, tenant.id, id.value) : (byName.get(name?.value ?? '') ?? []);
    const span = (id ?? name)?.span ?? groupSpan(group);
    const [groupId] = ids;
    if (groupId === undefined) {
      isLacking = true;
      mark(span, 'error', unknownWords(reader, tenant, id?.value, isAllKnown, t));
    } else if (ids.length > 1) {
      mark(
        span,
        'error',
        t('Several groups are called so. Name one by its “id”: {0}', ids.slice(0, mostNamed).join(', ')),
      );
    } else if (seen.has(groupId)) {
      mark(span, 'error', t('This group is listed twice.'));
    } else {
      seen.add(groupId);
      found.push({ group, groupId });
      const now = reader.group(tenant.id, groupId)?.name;
      if (id && name && now !== undefined && now !== name.value)
        mark(name.span, 'info', t('The group is called “{0}” now; the id decides.', safeText(now)));
      if (!id && !isAllKnown)
        mark(span, 'warning', t('Not all groups are known: another one may be called the same. The “id” is surer.'));
    }
  }
  return { groups: found, problems, isLacking };
}

function unknownWords(
  reader: StoreReader,
  tenant: TenantRecord,
  id: string | undefined,
  isAllKnown: boolean,
  t: Translate,
): string {
  const other = reader.tenants().find((one) => one.id !== tenant.id && id && reader.group(one.id, id));
  if (other) return t('This is a group of another tenant: “{0}”.', safeText(other.name));
  const words = t('There is no such group in “{0}”.', safeText(tenant.name));
  return isAllKnown
    ? words
    : t('There is no such group among those that are known of “{0}”, which are not all.', safeText(tenant.name));
}

/** Services write ids in any case. */
function idsLike(reader: StoreReader, tenantId: string, id: string): readonly string[] {
  if (reader.group(tenantId, id)) return [id];
  const alike = reader.groups(tenantId, { offset: 0, limit: 50, filter: id });
  return alike.filter((group) => group.id.toLowerCase() === id.toLowerCase()).map((group) => group.id);
}

async function idsByName(reader: StoreReader, tenantId: string): Promise<ReadonlyMap<string, string[]>> {
  const turns = createTurns();
  const ids = new Map<string, string[]>();
  for (let offset = 0; ; offset += groupsAtOnce) {
    const page = reader.groups(tenantId, { offset, limit: groupsAtOnce });
    for (const { id, name } of page) {
      const same = ids.get(name);
      if (same) same.push(id);
      else ids.set(name, [id]);
    }
    if (page.length < groupsAtOnce) return ids;
    if (turns.isOver()) await turns.next();
  }
}
