import type { ChangeKind, Wish } from '../../core/changes/changes.ts';
import { heldMembers, oldestToPlanWith } from '../../core/changes/heldMembers.ts';
import type { PlanOptions } from '../../core/changes/pipeline.ts';
import type { PlanGroup, PlanTenant, PlanWorld } from '../../core/changes/planWorld.ts';
import { isOfMember } from '../../core/changes/wishProblem.ts';
import type { Completeness, Group, TenantRecord } from '../../core/model.ts';
import { capabilitiesOf, isServiceProvider } from '../../core/provider/provider.ts';
import type { WriteRules } from '../../core/provider/writes.ts';
import { allInTurns } from '../../core/turns/allInTurns.ts';
import type { ChangeDeps } from './deps.ts';
import { groupsNamed } from './effect.ts';
import { foreignRules, hasForeignWrite } from './foreignWrites.ts';
import { readOwnWays, wayKey } from './ownWays.ts';

type WorldDeps = Pick<ChangeDeps, 'reader' | 'provider' | 'load'>;

/** Reads what a plan for these wishes must know. @throws AppError `cancelled` */
export async function readWorld(
  deps: WorldDeps,
  wishes: readonly Wish[],
  signal: AbortSignal,
  { isPreview = false, touchedAt }: PlanOptions = {},
): Promise<PlanWorld> {
  const tenants = new Map<string, PlanTenant>();
  for (const tenantId of new Set(wishes.map((wish) => wish.tenantId))) {
    const tenant = await readTenant(deps, tenantId);
    if (tenant) tenants.set(tenantId, isPreview ? { ...tenant, allowsChanges: true } : tenant);
  }
  const needed = new Map<string, Wish>();
  for (const wish of wishes) {
    const { tenantId, groupId } = wish;
    if (groupId === undefined || tenants.get(tenantId)?.allowsChanges !== true) continue;
    const key = JSON.stringify([tenantId, groupId]);
    // A member's wish says more of what is needed than one about the group.
    if (isOfMember(wish) || wish.kind === 'deleteGroup' || !needed.has(key)) needed.set(key, wish);
  }
  const youngest = oldestToPlanWith(needed.size);
  const groups = new Map<string, PlanGroup>();
  await allInTurns(needed, async ([key, wish]) => {
    const touched = touchedAt?.(wish.tenantId, wish.groupId ?? '') ?? 0;
    const group = await readGroup(deps, wish, Math.max(youngest, touched), signal);
    if (group) groups.set(key, group);
  });
  for (const { kind, tenantId } of wishes) {
    // A group that is made is known afterwards by not having been there before.
    const listing = { list: 'groups', tenantId } as const;
    if (kind !== 'createGroup' || tenants.get(tenantId)?.allowsChanges !== true) continue;
    const { state, asOf = '' } = deps.reader.completeness(listing);
    const usual = tenants.get(tenantId)?.connection.scope === 'admin' ? oldestToPlanWith(Infinity) : youngest;
    const oldest = Math.max(usual, touchedAt?.(tenantId) ?? 0);
    if (state === 'complete' && Date.parse(asOf) >= oldest) continue;
    await deps.load(listing, { refresh: state !== 'notLoaded', signal }).catch(() => undefined);
  }
  signal.throwIfAborted();
  const ownWays = await readOwnWays(deps.reader, { tenants, groups, wishes }, signal);
  return {
    isOwnIn: (tenantId, member) => ownWays.get(wayKey(tenantId, member)),
    isNameTaken: (tenantId, name) => groupsNamed(deps.reader, tenantId, name).length > 0,
    tenant: (tenantId) => tenants.get(tenantId),
    group: (tenantId, groupId) => groups.get(JSON.stringify([tenantId, groupId])),
    isGroup: (tenantId, identifier) =>
      deps.reader.group(tenantId, identifier) !== undefined ||
      deps.reader.groupOf(tenantId, { identifier, principalType: 'group' }) !== undefined,
  };
}

async function readTenant(deps: WorldDeps, tenantId: string): Promise<PlanTenant | undefined> {
  const tenant = deps.reader.tenant(tenantId);
  const provider = tenant && deps.provider(tenant.provider);
  if (!tenant || !provider) return undefined;
  const { name, account, accountId, connection, allowsChanges = false } = tenant;
  const notBefore = await pausesOf(deps, tenant);
  return {
    name,
    connection,
    allowsChanges,
    capabilities: await capabilitiesIn(deps, tenant),
    rules: await rulesOf(deps, tenant.provider),
    ...(account === undefined ? {} : { account }),
    ...(accountId === undefined ? {} : { accountId }),
    ...(notBefore ? { notBefore } : {}),
  };
}

async function capabilitiesIn(deps: WorldDeps, tenant: TenantRecord): Promise<readonly ChangeKind[]> {
  const provider = deps.provider(tenant.provider);
  if (!provider) return [];
  const all = capabilitiesOf(provider, tenant.connection);
  if (isServiceProvider(provider)) return provider.writes ? all : [];
  return all.filter((kind) => hasForeignWrite(provider, kind));
}

const noRules: WriteRules = { rights: () => [], principalTypes: [], problem: () => 'notOffered' };

/** What a provider's service takes. */
export async function rulesOf(deps: Pick<ChangeDeps, 'provider'>, providerId: string): Promise<WriteRules> {
  const provider = deps.provider(providerId);
  if (!provider) return noRules;
  if (isServiceProvider(provider)) return (await provider.writes?.())?.rules ?? noRules;
  return foreignRules({ ...provider, principalTypes: ['user', 'group', 'app', 'robot'] });
}

/** When what the service wants a pause between may be asked for again, by what the log says. */
async function pausesOf(deps: WorldDeps, tenant: TenantRecord): Promise<PlanTenant['notBefore'] | undefined> {
  const provider = deps.provider(tenant.provider);
  const pauses = provider && isServiceProvider(provider) ? (await provider.writes?.())?.pauses : undefined;
  if (!pauses) return undefined;
  const found: Partial<Record<ChangeKind, string>> = {};
  for (const [kind, pause] of Object.entries(pauses) as [ChangeKind, number][]) {
    const [last] = await deps.reader.changeLog({ tenantId: tenant.id, kind, isDone: true, limit: 1 });
    const until = last && Date.parse(last.at) + pause;
    if (until !== undefined && until > Date.now()) found[kind] = new Date(until).toISOString();
  }
  return found;
}

async function readGroup(
  deps: WorldDeps,
  wish: Wish,
  youngest: number,
  signal: AbortSignal,
): Promise<PlanGroup | undefined> {
  const { tenantId, groupId = '' } = wish;
  const listing = { list: 'members', tenantId, groupId } as const;
  const needsMembers = isOfMember(wish) || wish.kind === 'deleteGroup';
  const held = deps.reader.completeness(listing);
  let isFresh = false;
  if (needsMembers) {
    isFresh = held.state === 'complete' && Date.parse(held.asOf ?? '') >= youngest;
    // A group that cannot be read is planned for by what is held, and told as a gap.
    if (!isFresh) await deps.load(listing, { refresh: held.state !== 'notLoaded', signal }).catch(() => undefined);
  } else if (!deps.reader.group(tenantId, groupId)) {
    await deps.load({ list: 'groups', tenantId }, { signal }).catch(() => undefined);
  }
  signal.throwIfAborted();
  const group = deps.reader.group(tenantId, groupId);
  if (!group) return undefined;
  const { state, asOf }: Completeness = deps.reader.completeness(listing);
  // A read that was stopped leaves what was held, which is too old.
  const isRead = isFresh || asOf !== held.asOf;
  return {
    group,
    members: await heldMembers(deps.reader, tenantId, groupId),
    isWhole: state === 'complete' && (isRead || !needsMembers),
    isDoubled: isDoubled(deps, group),
  };
}

/** See `PlanGroup.isDoubled`. */
function isDoubled({ reader }: WorldDeps, { id, tenantId, name, details }: Group): boolean {
  const original = typeof details.id === 'string' ? details.id : id;
  const others = [original, `${original}~2`, `${original}~3`].flatMap((one) =>
    one === id ? [] : (reader.group(tenantId, one) ?? []),
  );
  return others.some((other) => other.details.id === original && other.name !== name);
}
