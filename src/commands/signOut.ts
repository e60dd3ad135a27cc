import { tenantTargets } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';

/** Signs out of tenants: their secrets go, what was loaded stays unless the user says otherwise. */
export const signOut: Command = {
  name: 'signOut',
  run: async (deps, args, signal) => {
    const meant = await tenantTargets(deps, args, deps.t('Sign Out'), signal);
    for (const { tenantId } of meant) await deps.tenants.signOut(tenantId);
    // Not awaited: a notification may stay for long, the command has ended.
    void offerToDelete(
      deps,
      meant.map(({ tenantId }) => tenantId),
    );
  },
};

async function offerToDelete({ t, ui, tenants, reader, log }: CommandDeps, ids: readonly string[]): Promise<void> {
  try {
    const message = t('You are signed out. What was loaded stays on this computer.');
    if (!(await ui.offer(message, t('Delete Loaded Data')))) return;
    for (const id of ids) if (reader.tenant(id)) await tenants.removeRows(id);
  } catch (error) {
    log.error('The loaded data could not be deleted.', error);
  }
}
