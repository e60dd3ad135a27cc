import { ending } from './accessFile/ending.ts';
import type { KnownPeople } from './accessFile/people.ts';
import { applyAccessFile } from './applyAccessFile.ts';
import { offerStep } from './choose/offerStep.ts';
import type { Command } from './command.ts';

/** Shows what an access file would change, in the diff editor, and marks what is wrong in it. Changes nothing. */
export const previewAccessFile: Command = {
  name: 'previewAccessFile',
  run: async (deps, [given], signal) => {
    const { ui, t } = deps;
    const [{ createCheckAgain }, { prepare }, { show, tellErrors }] = await Promise.all([
      import('./accessFile/checkAgain.ts'),
      import('./accessFile/prepare.ts'),
      import('./accessFile/shown.ts'),
    ]);
    const file = await ui.editedFile({ title: t('Preview Access File'), ending }, given);
    const people: KnownPeople = new Map();
    const prepared = await ui.withProgress(t('Looking at what is there…'), signal, (_, own) =>
      prepare(deps, file.text, { isNow: () => false, people }, own),
    );
    await show(deps, file, prepared, createCheckAgain(deps, people));
    if (tellErrors(deps, prepared)) return;
    const count = prepared.plan.changes.length;
    if (count === 0) return ui.inform(t('There is nothing to change: it is so already.'));
    const words =
      count === 1
        ? t('The file makes one change. It is shown, and not made yet.')
        : t('The file makes {0} changes. They are shown, and not made yet.', count);
    void offerStep(deps, words, t('Apply…'), () => applyAccessFile.run(deps, [file.uri], signal));
  },
};
