import type { Completeness } from '../core/model.ts';
import type { Command, CommandDeps } from './command.ts';
import { tenantTargets } from './targets.ts';

/** Reads tenants whole, one after another, and says how complete they are then. */
export const loadAll: Command = {
  name: 'loadAll',
  run: async (deps, args, signal) => {
    const { t, ui } = deps;
    for (const { tenantId } of await tenantTargets(deps, args, t('Load the Whole Tenant'), signal)) {
      const completeness = await ui.withProgress(t('Reading the whole tenant…'), signal, (progress, ownSignal) =>
        loadWhole(deps, tenantId, progress, ownSignal),
      );
      const told = summary(deps, tenantId, completeness);
      const waits = deps.wholeTenants.waitsUntil(tenantId) !== undefined;
      ui.inform(waits ? `${told} ${t('Reading goes on by itself.')}` : told);
    }
  },
};

async function loadWhole(
  { sync, wholeTenants, t }: CommandDeps,
  tenantId: string,
  progress: { report(message: string): void },
  signal: AbortSignal,
): Promise<Completeness> {
  const listening = sync.onDidProgressAll((event) => {
    if (event.tenantId === tenantId && event.total > 0) progress.report(t('{0} of {1} lists', event.done, event.total));
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
  if (state === 'complete') return t('The tenant was read whole: {0} groups with {1} memberships.', groups, rows);
  const unread = partial + denied + failed + throttled + notLoaded;
  if (unread === 0) return t('Not everything could be read. {0}', ui.explain(kind ?? 'badResponse'));
  return t(
    'Not everything could be read: the members of {0} groups are complete, of {1} incomplete, of {2} denied, of {3} throttled, of {4} failed, of {5} not loaded.',
    ...[complete, partial, denied, throttled, failed, notLoaded],
  );
}
