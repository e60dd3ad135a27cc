import { cancelled } from '../core/errors.ts';
import { ending } from './accessFile/ending.ts';
import type { KnownPeople } from './accessFile/people.ts';
import { agree } from './change/agree.ts';
import { carryOut } from './change/carryThrough.ts';
import { letChange } from './change/letChange.ts';
import type { Command } from './command.ts';

/**
 * Makes the access what an access file wants, by the way of every change. The groups that are to be changed are read
 * again after the user agreed: what somebody changed since it was shown is shown again, and nothing is sent.
 */
export const applyAccessFile: Command = {
  name: 'applyAccessFile',
  run: async (deps, [given], signal) => {
    const { ui, t, sync } = deps;
    const [{ createCheckAgain }, { prepare, hasErrors }, shown] = await Promise.all([
      import('./accessFile/checkAgain.ts'),
      import('./accessFile/prepare.ts'),
      import('./accessFile/shown.ts'),
    ]);
    const { forget, isSamePlan, isStale, show, tellErrors } = shown;
    const file = await ui.editedFile({ title: t('Apply Access File'), ending }, given);
    const look = (isNow: (groupId: string) => boolean, people?: KnownPeople) =>
      ui.withProgress(t('Looking at what is there…'), signal, (_, own) =>
        prepare(deps, file.text, { isNow, ...(people ? { people } : {}) }, own),
      );
    const people: KnownPeople = new Map();
    const again = createCheckAgain(deps, people);
    const prepared = await look(() => false, people);
    const { tenant, plan, problems } = prepared;
    const isOld = plan.changes.length > 0 && isStale(deps, file, plan);
    if (isOld || tellErrors(deps, prepared)) {
      await show(deps, file, prepared, again);
      if (isOld) tellChanged();
      throw cancelled();
    }
    await ui.markProblems(file.uri, problems, again);
    if (!tenant || plan.changes.length === 0) return ui.inform(t('There is nothing to change: it is so already.'));
    await letChange(deps, tenant, signal);
    await agree(deps, await sync.changes(), plan, signal);
    const changed = new Set(plan.changes.map(({ groupId }) => groupId));
    const now = await look((groupId) => changed.has(groupId));
    if (hasErrors(now) || !isSamePlan(now.plan, plan)) {
      await show(deps, file, now, again);
      if (!tellErrors(deps, now)) tellChanged();
      throw cancelled();
    }
    forget(deps, file);
    const { results } = await carryOut(deps, now.plan, signal);
    if (results.every(({ outcome }) => outcome === 'applied')) await ui.markProblems(file.uri, []);

    function tellChanged(): void {
      ui.warn(t('Nothing was applied: the access has changed since it was shown. It is shown again as it is now.'));
    }
  },
};
