import type { SavedSnapshot } from '../core/savedSnapshots.ts';
import { groupsWord, membershipsWord } from '../export/counts.ts';
import { answered } from './choose/ask.ts';
import { offerStep } from './choose/offerStep.ts';
import { tenantsMeant } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';
import { loadAll } from './loadAll.ts';

/** Keeps who has access to what now, of one or all tenants, to be compared with later. Loads nothing. */
export const takeSnapshot: Command = {
  name: 'takeSnapshot',
  run: async (deps, args, signal) => {
    const { t, ui, snapshots, reader } = deps;
    const title = t('Take a Snapshot');
    const tenantIds = await tenantsMeant(deps, args, title, signal);
    const value = new Date().toISOString().slice(0, 10);
    const prompt = t('A name by which you will know it again. May stay empty: it has its time.');
    const name = answered(await ui.input({ title, prompt, value }, signal)).trim();
    const keys: number[] = [];
    const empty: string[] = [];
    try {
      await ui.withProgress(t('Taking the snapshot…'), signal, async (_, ownSignal) => {
        for (const tenantId of tenantIds) {
          ownSignal.throwIfAborted();
          const key = await snapshots.take(tenantId, name === '' ? {} : { name });
          if (key === undefined) empty.push(tenantId);
          else keys.push(key);
        }
        ownSignal.throwIfAborted();
      });
    } catch (error) {
      // All or none: some of a set would pass for the whole of it later.
      if (keys.length > 0) await snapshots.delete(keys);
      throw error;
    }
    const taken = reader.snapshots().filter(({ key }) => keys.includes(key));
    if (taken.length > 0) {
      ui.inform(summary(deps, taken));
      ui.completeStep('snapshot');
    }
    if (empty.length === 0) return;
    const question =
      empty.length === 1
        ? t('Of one tenant nothing is loaded, so there is no snapshot of it.')
        : t('Of {0} tenants nothing is loaded, so there is no snapshot of them.', empty.length);
    const targets = empty.map((tenantId) => ({ tenantId }));
    void offerStep(deps, question, t('Load'), () => loadAll.run(deps, [undefined, targets], signal));
  },
};

/** For a notification, so without names. */
function summary({ t }: CommandDeps, taken: readonly SavedSnapshot[]): string {
  const sum = (of: (one: SavedSnapshot) => number) => taken.reduce((total, one) => total + of(one), 0);
  const gaps = sum((one) => one.gaps);
  const kept = t(
    'The snapshot holds {0} with {1}.',
    groupsWord(
      t,
      sum((one) => one.groups),
    ),
    membershipsWord(
      t,
      sum((one) => one.memberships),
    ),
  );
  if (gaps === 0) return kept;
  const lists = gaps === 1 ? t('One list in it is incomplete:') : t('{0} lists in it are incomplete:', gaps);
  return `${kept} ${lists} ${t('what is missing there will be told as unknown, not as a change. Load the whole tenant for a complete one.')}`;
}
