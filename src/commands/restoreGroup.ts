import { emailIn } from '../core/text/emailIn.ts';
import { carryThrough } from './change/carryThrough.ts';
import { oneToChange } from './change/subject.ts';
import { answered } from './choose/ask.ts';
import type { Command } from './command.ts';

/** Has a deleted group come back, with somebody to administer it. */
export const restoreGroup: Command = {
  name: 'restoreGroup',
  run: async (deps, args, signal) => {
    const { ui, t, reader } = deps;
    const title = t('Restore Deleted Group');
    const target = await oneToChange(deps, args, { capability: 'restoreGroup', level: 'group', title }, signal);
    const owner = answered(
      await ui.input(
        {
          title,
          prompt: t('E-mail address of who is to administer the group'),
          value: emailIn(reader.tenant(target.tenantId)?.account ?? '') ?? '',
          validate: (text) => (emailIn(text) === undefined ? t('This is not an e-mail address.') : undefined),
        },
        signal,
      ),
    ).trim();
    await carryThrough(deps, [{ kind: 'restoreGroup', ...target, owner }], signal);
  },
};
