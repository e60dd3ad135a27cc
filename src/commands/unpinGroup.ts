import type { Target } from '../core/target.ts';
import type { Choice } from '../core/ui.ts';
import { answered } from './choose/ask.ts';
import { meantTargets } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';

/** Puts groups that were pinned back in their place. */
export const unpinGroup: Command = {
  name: 'unpinGroup',
  run: async (deps, args, signal) => {
    const { reader, ui, t } = deps;
    const isPinned = ({ tenantId, groupId, memberId }: Target) =>
      groupId !== undefined && memberId === undefined && reader.group(tenantId, groupId)?.isPinned === true;
    const meant = meantTargets(deps, args).filter(isPinned);
    if (meant.length === 0) {
      const choices = pinnedGroups(deps);
      if (choices.length === 0) return ui.inform(t('No group is pinned.'));
      meant.push(answered(await ui.pick(choices, { title: t('Unpin Group'), placeholder: t('Which group?') }, signal)));
    }
    for (const { tenantId, groupId = '' } of meant) await deps.setPinned(tenantId, groupId, false);
  },
};

function pinnedGroups({ reader }: CommandDeps): Choice<Target>[] {
  return reader.tenants().flatMap(({ id: tenantId, name: description }) =>
    reader.pinned(tenantId).map((groupId) => {
      const label = reader.group(tenantId, groupId)?.name ?? groupId;
      return { label, description, icon: 'pinned', value: { tenantId, groupId } };
    }),
  );
}
