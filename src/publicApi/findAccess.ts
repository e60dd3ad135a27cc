import { AppError, cancelled, isAppError } from '../core/errors.ts';
import type { Access, Completeness, Listing, ReadOptions } from '../core/model.ts';
import type { StoreReader } from '../core/store.ts';
import type { Sync } from '../core/sync.ts';
import { wholeTenantCompleteness } from '../core/wholeTenantCompleteness.ts';

/** So often what changes while it is read is read anew; after that the rows are as mixed as the moment was. */
const attempts = 3;

/** See `TenantExplorerApi.findAccess`. */
export async function findAccess(
  { reader, sync }: { readonly reader: StoreReader; readonly sync: Sync },
  query: string,
  options: ReadOptions,
): Promise<Listing<Access>> {
  if (typeof query !== 'string' || query.trim() === '')
    throw new AppError('invalid', 'Say whom to look for: a name, an e-mail or an id.');
  if (options.refresh) await Promise.all(reader.tenants().map(({ id }) => loadIfThere(sync, id, options)));
  for (let attempt = 1; ; attempt++) {
    const before = everyTenant(reader);
    const { items, remarks } = await readAll(reader, query, options.signal);
    const after = everyTenant(reader);
    if (attempt < attempts && JSON.stringify(before) !== JSON.stringify(after)) continue;
    const reason = [after.reason, ...remarks].filter((part) => part !== undefined).join(' ');
    return { items, completeness: { ...after, count: items.length, ...(reason === '' ? {} : { reason }) } };
  }
}

async function readAll(
  reader: StoreReader,
  query: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly items: Access[]; readonly remarks: readonly string[] }> {
  const items: Access[] = [];
  let isCut = false;
  let unknown = 0;
  if (signal?.aborted) throw cancelled();
  for await (const slice of reader.access(query)) {
    if (signal?.aborted) throw cancelled();
    items.push(...slice.items);
    isCut ||= slice.isCut === true;
    unknown += slice.unknownGroups ?? 0;
  }
  return { items, remarks: remarksOn(unknown, isCut) };
}

function remarksOn(unknown: number, isCut: boolean): readonly string[] {
  const told: string[] = [];
  if (isCut) told.push('There are more ways through nested groups than are told.');
  if (unknown > 0) {
    const groups = unknown === 1 ? '1 group is a member' : `${unknown} groups are members`;
    told.push(`${groups} somewhere and in no tenant that was read: what comes through that is not told.`);
  }
  return told;
}

/** A tenant that was removed, or whose load somebody else stopped, is no reason to find nothing in the others. */
async function loadIfThere(sync: Sync, tenantId: string, options: ReadOptions): Promise<void> {
  try {
    await sync.loadAll(tenantId, options);
  } catch (error) {
    if (options.signal?.aborted || !(isAppError(error, 'cancelled') || isAppError(error, 'notFound'))) throw error;
  }
}

/** `complete` only if every tenant is; else what is missing, tenant by tenant. */
function everyTenant(reader: StoreReader): Completeness {
  const tenants = reader.tenants().map((tenant) => {
    const groups = reader.completeness({ list: 'groups', tenantId: tenant.id });
    return { name: tenant.name, completeness: wholeTenantCompleteness(reader, tenant.id, groups) };
  });
  const gaps = tenants.filter(({ completeness }) => completeness.state !== 'complete');
  const asOf = tenants.map(({ completeness }) => completeness.asOf ?? '').sort()[0];
  const told = asOf ? { asOf } : {};
  if (gaps.length === 0) return { state: 'complete', ...told };
  const reasons = gaps.map(({ name, completeness }) => `${name}: ${completeness.reason ?? completeness.state}`);
  return { state: 'partial', reason: reasons.join(' '), ...told };
}
