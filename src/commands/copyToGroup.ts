import { principalsOf } from '../core/access/subject.ts';
import { type Copied, copyWishes, isStronger } from '../core/changes/copyWishes.ts';
import type { Changes } from '../core/changes/pipeline.ts';
import { principalOf } from '../core/changes/planWorld.ts';
import { AppError, cancelled } from '../core/errors.ts';
import { isGuest, type Member, type TenantRecord } from '../core/model.ts';
import type { Target } from '../core/target.ts';
import { isSameDirectory } from '../core/tenants/sameDirectory.ts';
import { askRight } from './change/askRight.ts';
import { carryThrough } from './change/carryThrough.ts';
import { whoIs } from './change/changeWords.ts';
import { askPlace, type GroupPlace, placeDroppedOn } from './change/copyPlace.ts';
import { principalIn, type Resolved } from './change/principalIn.ts';
import { givenTargets, targets } from './choose/targets.ts';
import { thingOf } from './choose/things.ts';
import type { Command, CommandDeps } from './command.ts';

/**
 * Copies members into a group, of their tenant or of another one of the same service. They stay where they are.
 * A third argument is the row that they were dropped on, or `null` for none.
 */
export const copyToGroup: Command = {
  name: 'copyToGroup',
  run: async (deps, args, signal) => {
    const { t, ui, sync } = deps;
    const title = t('Copy to Group');
    const isDropped = args.length > 2;
    const sources = await membersMeant(deps, args, title, signal);
    const provider = sources[0]?.tenant.provider ?? '';
    if (sources.some(({ tenant }) => tenant.provider !== provider)) {
      ui.inform(t('Members are copied between groups of one service. Choose members of one service.'));
      throw cancelled();
    }
    const place = isDropped
      ? await placeDroppedOn(deps, args[2], provider, signal)
      : await askPlace(deps, { title, provider, from: sources[0]?.tenant.id ?? '' }, signal);
    const changes = await sync.changes();
    const { rights } = await changes.offers(place.tenantId, place.groupId);
    const looking = t('Looking for who is meant in the tenants…');
    const { copied, remarks } = await ui.withProgress(looking, signal, (_, own) =>
      resolveAll(deps, changes, sources, place, own),
    );
    const asked = copyWishes(copied, { ...place, rights }).undecided;
    const chosen =
      asked.length > 0 ? await askRight(deps, [place], { title: rightTitle(deps, asked) }, signal) : undefined;
    const { wishes } = copyWishes(copied, { ...place, rights }, chosen);
    await carryThrough(deps, wishes, signal, {
      remarks,
      leavesOut: true,
      tell: ({ before, after, principal }) =>
        principal && isStronger(before?.accessRight, after?.accessRight, rights)
          ? t('⚠ {0} is a member already, and has less afterwards.', whoIs(principal))
          : undefined,
    });
  },
};

interface Source {
  readonly tenant: TenantRecord;
  readonly target: Required<Omit<Target, 'isNote'>>;
  readonly member: Member;
}

async function membersMeant(
  deps: CommandDeps,
  args: readonly unknown[],
  title: string,
  signal: AbortSignal,
): Promise<readonly Source[]> {
  const isDropped = args.length > 2;
  if (isDropped && !givenTargets(args).some(({ memberId }) => memberId !== undefined)) {
    deps.ui.inform(deps.t('Only members can be copied by dragging them to a group.'));
    throw cancelled();
  }
  const meant = await targets(deps, args.slice(0, 2), { levels: ['member'], title }, signal);
  return meant.map(({ tenantId, groupId = '', memberId = '' }) => {
    const { tenant, member } = thingOf(deps.reader, { tenantId, groupId, memberId });
    if (!member) throw new AppError('notFound', 'There is no such member in this group.');
    return { tenant, target: { tenantId, groupId, memberId }, member };
  });
}

/** As the group's service knows them; who cannot be found there is told. */
async function resolveAll(
  deps: CommandDeps,
  changes: Changes,
  sources: readonly Source[],
  place: GroupPlace,
  signal: AbortSignal,
): Promise<{ readonly copied: readonly Copied[]; readonly remarks: readonly string[] }> {
  const { t, reader } = deps;
  const into = reader.tenant(place.tenantId);
  const copied: Copied[] = [];
  const remarks = new Set<string>();
  const found = new Map<string, Awaited<ReturnType<typeof resolve>>>();
  for (const source of sources) {
    const { member } = source;
    const principal = principalOf(member);
    const who = whoIs(principal);
    // Ids of members are a group's own: the same one may be somebody else's in another group.
    const key = JSON.stringify([source.tenant.id, principal]);
    const resolved = found.get(key) ?? (await resolve(deps, changes, source, into, signal));
    found.set(key, resolved);
    if (!('principal' in resolved)) {
      remarks.add(t('Left out: {0}. {1}', who, resolved.problem));
      continue;
    }
    if (resolved.isGuest) remarks.add(t('{0} is a guest in “{1}”.', whoIs(resolved.principal), into?.name ?? ''));
    const { accessRight } = member;
    copied.push({ principal: resolved.principal, ...(accessRight === undefined ? {} : { accessRight }) });
  }
  return { copied, remarks: [...remarks] };
}

async function resolve(
  deps: CommandDeps,
  changes: Changes,
  { tenant, target, member }: Source,
  into: TenantRecord | undefined,
  signal: AbortSignal,
): Promise<Resolved | { readonly problem: string }> {
  const { t, reader } = deps;
  if (!into || tenant.id === into.id || isSameDirectory(tenant, into))
    return { principal: principalOf(member), isGuest: isGuest(member) };
  const { principals } = await principalsOf(reader, [target], signal);
  const { principalType, email } = member;
  const found = await principalIn(deps, changes, into.id, { principals, principalType, email }, signal);
  if ('principal' in found) return found;
  if (principalType !== 'user') return { problem: t('“{0}” knows no such group or app.', into.name) };
  if (email === undefined) return { problem: t('Without an e-mail address nobody is found in another tenant.') };
  if (found.isSeveral) return { problem: t('Several in “{0}” have this e-mail address.', into.name) };
  return {
    problem: found.isUnasked
      ? t('Nobody in “{0}” is known by this e-mail address, and its directory could not be asked.', into.name)
      : t('Nobody in “{0}” is known by this e-mail address.', into.name),
  };
}

function rightTitle({ t }: CommandDeps, asked: readonly { readonly name: string }[]): string {
  const [first] = asked;
  return first && asked.length === 1
    ? t('Access right of {0}', first.name)
    : t('Access right of {0} members', asked.length);
}
