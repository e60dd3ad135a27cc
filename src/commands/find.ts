import { cancelled } from '../core/errors.ts';
import type { Target } from '../core/target.ts';
import { answered } from './choose/ask.ts';
import { searchFound } from './choose/searchFound.ts';
import { subjectOfChoice } from './choose/subjects.ts';
import type { Command, CommandDeps } from './command.ts';

/** Looks for people, apps and groups in all that was ever loaded, and shows what is chosen in the tree, or its access. */
export const find: Command = {
  name: 'find',
  run: async (deps, _, signal) => {
    const { t } = deps;
    const button = { icon: 'key', title: t('Show Access') };
    const { value, isByButton } = await searchFound(deps, { title: t('Find'), button }, signal);
    if (isByButton || 'ask' in value) await deps.access.show([await subjectOfChoice(deps, value, signal)]);
    else await deps.tree.reveal('group' in value ? value.group : await askMembership(deps, value.principals, signal));
    deps.ui.completeStep('person');
  },
};

/** In which of the groups: there may be many. */
async function askMembership(
  { reader, ui, t }: CommandDeps,
  principals: readonly number[],
  signal: AbortSignal,
): Promise<Target> {
  const memberships = (await Promise.all(principals.map((key) => reader.membershipsOf(key)))).flat();
  const names = new Map(reader.tenants().map(({ id, name }) => [id, name]));
  const choices = memberships.map(({ tenantId, groupId, memberId, groupName, accessRight }) => ({
    label: groupName,
    description: [names.get(tenantId), accessRight].filter((part) => part !== undefined).join(' · '),
    icon: 'folder',
    value: { tenantId, groupId, memberId },
  }));
  if (choices.length === 0) {
    ui.inform(t('What you chose is in no group.'));
    throw cancelled();
  }
  const [only] = choices;
  if (only && choices.length === 1) return only.value;
  return answered(await ui.pick(choices, { title: t('Find'), placeholder: t('Show in which group?') }, signal));
}
