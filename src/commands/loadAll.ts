import type { Completeness } from '../core/model.ts';
import { groupsWord, membershipsWord } from '../export/counts.ts';
import { tenantsMeant } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';

/** Reads tenants whole, one after another, and says how complete they are then. */
export const loadAll: Command = {
  name: 'loadAll',
  run: async (deps, args, signal) => {
    const { t, ui, wholeTenants } = deps;
    const tenantIds = await tenantsMeant(deps, args, t('Load the Whole Tenant'), signal);
    const read: Completeness[] = [];
    for (const tenantId of tenantIds) {
      const title =
        tenantIds.length === 1
          ? t('Reading the whole tenant…')
          : t('Reading whole tenants: {0} of {1}…', read.length + 1, tenantIds.length);
      const task = (progress: { report(message: string): void }, own: AbortSignal) =>
        loadWhole(deps, tenantId, progress, own);
      read.push(await ui.withProgress(title, signal, task));
    }
    const [tenantId, ...others] = tenantIds;
    const [completeness] = read;
    if (tenantId === undefined || !completeness) return;
    const told = others.length === 0 ? summary(deps, tenantId, completeness) : summaryOfAll(deps, read);
    const waits = tenantIds.some((id) => wholeTenants.waitsUntil(id) !== undefined);
    ui.inform(waits ? `${told} ${t('Reading goes on by itself.')}` : told);
  },
};

async function loadWhole(
  { sync, wholeTenants, t }: CommandDeps,
  tenantId: string,
  progress: { report(message: string): void },
  signal: AbortSignal,
): Promise<Completeness> {
  const listening = sync.onDidProgressAll((event) => {
    const { done, total } = event;
    if (event.tenantId !== tenantId || total === 0) return;
    progress.report(total === 1 ? t('{0} of 1 list', done) : t('{0} of {1} lists', done, total));
  });
  try {
    return await wholeTenants.load(tenantId, signal);
  } finally {
    listening.dispose();
  }
}

/** For a notification, so without a word of the service. */
function summary({ reader, ui, t }: CommandDeps, tenantId: string, { state, kind }: Completeness): string {
  const groups = reader.countGroups(tenantId);
  const { complete, partial, denied, failed, throttled, notLoaded, rows } = reader.memberListings(tenantId);
  if (state === 'complete')
    return t('The tenant was read whole: {0} with {1}.', groupsWord(t, groups), membershipsWord(t, rows));
  const unread = partial + denied + failed + throttled + notLoaded;
  if (unread === 0) return t('Not everything could be read. {0}', ui.explain(kind ?? 'badResponse'));
  const states = [
    [complete, t('{0} complete', complete)],
    [partial, t('{0} incomplete', partial)],
    [denied, t('{0} without permission', denied)],
    [throttled, t('{0} throttled', throttled)],
    [failed, t('{0} failed', failed)],
    [notLoaded, t('{0} not loaded', notLoaded)],
  ] as const;
  const told = states.flatMap(([count, words]) => (count > 0 ? [words] : []));
  return t('Not everything could be read. Lists of members: {0}.', told.join(', '));
}

/** Without names: those of tenants may be words of a service, too. */
function summaryOfAll({ t }: CommandDeps, read: readonly Completeness[]): string {
  const whole = read.filter(({ state }) => state === 'complete').length;
  return whole === read.length
    ? t('All {0} tenants were read whole.', whole)
    : t('Read whole: {0} of {1} tenants. The rows of the others say what is missing.', whole, read.length);
}
