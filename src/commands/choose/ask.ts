import { cancelled } from '../../core/errors.ts';
import type { ListingKey } from '../../core/listing.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { Target } from '../../core/target.ts';
import type { Answer, Choice } from '../../core/ui.ts';
import type { CommandDeps } from '../command.ts';

/** More choices than anybody scrolls through: of groups, a text is asked for first. */
const maxChoices = 2000;

/** Asks for a tenant; takes the only one without asking. @throws AppError `cancelled` */
export async function askTenant(
  deps: CommandDeps,
  title: string,
  signal: AbortSignal,
  among: (tenant: TenantRecord) => boolean = () => true,
): Promise<Target> {
  const { reader, t } = deps;
  const all = reader.tenants();
  if (all.length === 0) return sayNothingThere(deps, t('There is no tenant yet. Add one first.'));
  const tenants = all.filter(among);
  if (tenants.length === 0) {
    return sayNothingThere(deps, t('This cannot be done in any of your tenants, or it is so already.'));
  }
  const [only] = tenants;
  if (only && tenants.length === 1) return { tenantId: only.id };
  const providers = new Map(deps.providers().map((provider) => [provider.id, provider]));
  const choices = tenants.map((tenant): Choice<Target> => {
    const provider = providers.get(tenant.provider);
    return {
      label: tenant.name,
      description: provider?.label ?? tenant.provider,
      ...(provider ? { icon: provider.icon } : {}),
      value: { tenantId: tenant.id },
    };
  });
  return answered(await deps.ui.pick(choices, { title, placeholder: t('Which tenant?') }, signal));
}

/** Asks for one tenant or all of them; takes the only one without asking. @throws AppError `cancelled` */
export async function askTenants(deps: CommandDeps, title: string, signal: AbortSignal): Promise<readonly string[]> {
  const { reader, ui, t } = deps;
  const each = reader.tenants().map(({ id, name }): Choice<readonly string[]> => ({ label: name, value: [id] }));
  if (each.length < 2) return [(await askTenant(deps, title, signal)).tenantId];
  const all = { label: t('All tenants'), value: each.flatMap(({ value }) => value) };
  return answered(await ui.pick([all, ...each], { title, placeholder: t('Which tenant?') }, signal));
}

/** Asks for one of a tenant's groups, which are loaded first where they never were. @throws AppError `cancelled` */
export async function askGroup(
  deps: CommandDeps,
  tenantId: string,
  { title, orTenant }: { readonly title: string; readonly orTenant: boolean },
  signal: AbortSignal,
): Promise<Target> {
  const { reader, ui, t } = deps;
  await ensureLoaded(deps, { list: 'groups', tenantId }, signal);
  const filter =
    reader.countGroups(tenantId) > maxChoices
      ? answered(await ui.input({ title, prompt: t('A part of the name of the group') }, signal))
      : undefined;
  const groups = reader.groups(tenantId, { offset: 0, limit: maxChoices, ...(filter ? { filter } : {}) });
  const choices: Choice<Target>[] = groups.map((group) => ({
    label: group.name,
    value: { tenantId, groupId: group.id },
  }));
  if (orTenant) choices.unshift({ label: t('The tenant itself'), icon: 'arrow-left', value: { tenantId } });
  const gap = gapOf(deps, { list: 'groups', tenantId });
  if (choices.length === 0) return sayNothingThere(deps, gap ?? t('No such group is known.'));
  const isCut = groups.length === maxChoices;
  return answered(
    await ui.pick(choices, { title, placeholder: placeholder(deps, t('Which group?'), gap, isCut) }, signal),
  );
}

/** Asks for one of a group's members, who are loaded first where they never were. @throws AppError `cancelled` */
export async function askMember(
  deps: CommandDeps,
  { tenantId, groupId }: { readonly tenantId: string; readonly groupId: string },
  { title, orGroup }: { readonly title: string; readonly orGroup: boolean },
  signal: AbortSignal,
): Promise<Target> {
  const { reader, ui, t } = deps;
  await ensureLoaded(deps, { list: 'members', tenantId, groupId }, signal);
  const members = reader.members(tenantId, groupId, { offset: 0, limit: maxChoices });
  const choices = members.map(
    (member): Choice<Target> => ({
      label: member.name,
      description: [member.accessRight, member.email].filter((text) => text && text !== member.name).join(' · '),
      value: { tenantId, groupId, memberId: member.id },
    }),
  );
  if (orGroup) choices.unshift({ label: t('The group itself'), icon: 'arrow-left', value: { tenantId, groupId } });
  const gap = gapOf(deps, { list: 'members', tenantId, groupId });
  if (choices.length === 0) return sayNothingThere(deps, gap ?? t('The group has no members.'));
  const isCut = members.length === maxChoices;
  return answered(
    await ui.pick(choices, { title, placeholder: placeholder(deps, t('Which member?'), gap, isCut) }, signal),
  );
}

/** What is wrong with a listing that is not complete, in words of ours: a failure is never an empty list. */
function gapOf({ reader, ui }: CommandDeps, listing: ListingKey): string | undefined {
  const { state, kind } = reader.completeness(listing);
  return state === 'complete' ? undefined : ui.explain(kind ?? 'badResponse');
}

function placeholder({ t }: CommandDeps, question: string, gap: string | undefined, isCut: boolean): string {
  const cut = isCut ? t('The first {0} are offered.', maxChoices) : undefined;
  return [question, gap && t('The list is incomplete: {0}', gap), cut].filter((part) => part !== undefined).join(' ');
}

/** Loads a listing that never was, with cancellable progress. */
export async function ensureLoaded(deps: CommandDeps, listing: ListingKey, signal: AbortSignal): Promise<void> {
  if (deps.reader.completeness(listing).state !== 'notLoaded') return;
  const title = listing.list === 'members' ? deps.t('Loading the members…') : deps.t('Loading the groups…');
  await deps.ui.withProgress(title, signal, (_, ownSignal) => deps.sync.load(listing, { signal: ownSignal }));
}

/** Says why there is nothing to ask for, which is the end of the command. */
function sayNothingThere({ ui }: CommandDeps, message: string): never {
  ui.inform(message);
  throw cancelled();
}

/** The value of a dialog that has no way back. */
export function answered<T>(answer: Answer<T>): T {
  if (answer === 'back') throw cancelled();
  return answer.value;
}
