import { cancelled } from '../core/errors.ts';
import type { ChosenFilter, MemberFacets, MemberFilter } from '../core/memberFilter.ts';
import { principalIcon } from '../core/principalIcon.ts';
import type { Target } from '../core/target.ts';
import type { Translate } from '../core/text/translate.ts';
import type { Choice } from '../core/ui.ts';
import { membersWord } from '../export/counts.ts';
import { answered, askGroup, askTenant, ensureLoaded } from './choose/ask.ts';
import { oneMeant } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';

/** One thing that members can be filtered by. */
interface Facet {
  readonly part: keyof MemberFilter;
  readonly value: string;
  readonly name: string;
}

/** Shows only a group's members with some rights, of some types, or guests; choosing nothing shows all. */
export const filterMembers: Command = {
  name: 'filterMembers',
  run: async (deps, args, signal) => {
    const { tree, ui, t } = deps;
    const title = t('Filter Members');
    const { tenantId, groupId } = await groupTarget(deps, args, title, signal);
    await ensureLoaded(deps, { list: 'members', tenantId, groupId }, signal);
    const facets = await readFacets(deps, tenantId, groupId, signal);
    if (!facets) {
      const { state, kind } = deps.reader.completeness({ list: 'members', tenantId, groupId });
      return ui.inform(state === 'complete' ? t('The group has no members.') : ui.explain(kind ?? 'badResponse'));
    }
    const choices = choicesOf(t, facets, tree.memberFilter(tenantId, groupId)?.filter ?? {});
    const placeholder = t('Which members? Choose nothing to show all');
    const chosen = answered(await ui.pickMany(choices, { title, placeholder }, signal));
    tree.setMemberFilter(tenantId, groupId, toFilter(chosen));
    await tree.reveal({ tenantId, groupId }, { expand: true });
  },
};

/** The group of whatever row is meant. */
async function groupTarget(
  deps: CommandDeps,
  args: readonly unknown[],
  title: string,
  signal: AbortSignal,
): Promise<Required<Pick<Target, 'tenantId' | 'groupId'>>> {
  const meant = oneMeant(deps, args) ?? (await askTenant(deps, title, signal));
  const { tenantId, groupId } =
    meant.groupId === undefined ? await askGroup(deps, meant.tenantId, { title, orTenant: false }, signal) : meant;
  if (groupId === undefined) throw cancelled();
  return { tenantId, groupId };
}

async function readFacets(
  { reader }: CommandDeps,
  tenantId: string,
  groupId: string,
  signal: AbortSignal,
): Promise<MemberFacets | undefined> {
  let last: MemberFacets | undefined;
  for await (const facets of reader.memberFacets(tenantId, groupId)) {
    if (signal.aborted) throw cancelled();
    last = facets;
  }
  return last && last.members > 0 ? last : undefined;
}

/** What there is, the most frequent first. What is chosen already but not there any more can be taken out. */
function choicesOf(t: Translate, facets: MemberFacets, { rights = [], principalTypes = [], guests }: MemberFilter) {
  const list = (
    part: 'rights' | 'principalTypes',
    counts: ReadonlyMap<string, number>,
    picked: readonly string[],
    look: (value: string) => { readonly name: string; readonly icon: string },
  ): Choice<Facet>[] =>
    [...new Map([...picked.map((value) => [value, 0] as const), ...counts])]
      .sort(([, one], [, other]) => other - one)
      .map(([value, count]) => {
        const { name, icon } = look(value);
        const description = [part === 'rights' ? t('access right') : t('kind'), membersWord(t, count)].join(' · ');
        return { label: name, description, icon, isPicked: picked.includes(value), value: { part, value, name } };
      });
  const [only] = facets.rights.keys();
  const hasRights = facets.rights.size > 1 || only !== '' || rights.length > 0;
  const rightLook = (right: string) => ({ name: right === '' ? t('No access right') : right, icon: 'key' });
  const typeLook = (type: string) => ({ name: typeWord(t, type), icon: principalIcon(type) });
  const guest: Choice<Facet> = {
    label: t('Guests'),
    description: membersWord(t, facets.guests),
    icon: 'person-add',
    isPicked: guests === true,
    value: { part: 'guests', value: '', name: t('Guests') },
  };
  return [
    ...(hasRights ? list('rights', facets.rights, rights, rightLook) : []),
    ...list('principalTypes', facets.principalTypes, principalTypes, typeLook),
    ...(facets.guests > 0 || guests ? [guest] : []),
  ];
}

function toFilter(chosen: readonly Facet[]): ChosenFilter | undefined {
  if (chosen.length === 0) return undefined;
  const valuesOf = (part: keyof MemberFilter) => chosen.filter((one) => one.part === part).map(({ value }) => value);
  const rights = valuesOf('rights');
  const principalTypes = valuesOf('principalTypes');
  return {
    name: chosen.map(({ name }) => name).join(', '),
    filter: {
      ...(rights.length > 0 ? { rights } : {}),
      ...(principalTypes.length > 0 ? { principalTypes } : {}),
      ...(chosen.some(({ part }) => part === 'guests') ? { guests: true } : {}),
    },
  };
}

function typeWord(t: Translate, type: string): string {
  const words: Readonly<Record<string, string>> = {
    user: t('Users'),
    group: t('Groups'),
    app: t('Apps'),
    robot: t('Robots'),
    everyone: t('Everyone in the organization'),
    unknown: t('Of unknown kind'),
  };
  return words[type] ?? type;
}
