import { cancelled } from '../core/errors.ts';
import type { Choice } from '../core/ui.ts';
import { answered } from './choose/ask.ts';
import { snapshotChoice } from './choose/snapshotChoice.ts';
import type { Command } from './command.ts';

/** Deleted in one go, in some seconds at most. */
const atOnce = 10;

/** Deletes snapshots that the user ticks; what was loaded stays. */
export const deleteSnapshots: Command = {
  name: 'deleteSnapshots',
  run: async (deps, _, signal) => {
    const { reader, snapshots, ui, t } = deps;
    const title = t('Delete Snapshots');
    const names = new Map(reader.tenants().map(({ id, name }) => [id, name]));
    const choices = reader.snapshots().map((one): Choice<number> => {
      const choice = snapshotChoice(deps, one);
      const description = [names.get(one.tenantId), choice.description].filter((part) => part).join(' · ');
      return { ...choice, description, value: one.key };
    });
    if (choices.length === 0) {
      ui.inform(t('There are no snapshots.'));
      throw cancelled();
    }
    const keys = answered(await ui.pickMany(choices, { title, placeholder: t('Which ones?') }, signal));
    if (keys.length === 0) throw cancelled();
    const detail = t('They cannot be brought back. What is loaded stays.');
    const button = { label: t('Delete'), value: true };
    const question = keys.length === 1 ? t('Delete the snapshot?') : t('Delete {0} snapshots?', keys.length);
    if (!(await ui.confirm(question, detail, [button]))) throw cancelled();
    await ui.withProgress(t('Deleting…'), signal, async (progress, own) => {
      // Other windows wait for each deletion to end before they can write.
      for (let at = 0; at < keys.length; at += atOnce) {
        if (own.aborted) throw cancelled();
        if (keys.length > atOnce) progress.report(t('{0} of {1}', at, keys.length));
        await snapshots.delete(keys.slice(at, at + atOnce));
      }
    });
  },
};
