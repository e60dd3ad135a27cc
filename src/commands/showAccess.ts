import { chooseSubject, subjectsMeant } from './choose/subjects.ts';
import type { Command } from './command.ts';

/**
 * Shows what somebody or a group reaches and why, and who has access to a group; two of them side by side. By rows, by a
 * text that is looked for (a name, an e-mail, an id), or by asking.
 */
export const showAccess: Command = {
  name: 'showAccess',
  run: async (deps, args, signal) => {
    const { access, ui, t } = deps;
    const [text] = args;
    const meant = typeof text === 'string' ? [] : await subjectsMeant(deps, args, signal);
    if (meant.length > 2) {
      ui.inform(t('Select one row to see its access, or two to compare them.'));
      return;
    }
    const asked = { title: t('Show Access'), ...(typeof text === 'string' ? { text } : {}) };
    await access.show(meant.length > 0 ? meant : [await chooseSubject(deps, asked, signal)]);
  },
};
