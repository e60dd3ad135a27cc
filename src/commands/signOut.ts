import type { TenantRecord } from '../core/model.ts';
import { askTenant } from './choose/ask.ts';
import { offerStep } from './choose/offerStep.ts';
import { meantTargets, tenantIdsOf } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';

/** Signs out of tenants: their secrets go, what was loaded stays unless the user says otherwise. */
export const signOut: Command = {
  name: 'signOut',
  run: async (deps, args, signal) => {
    const { reader, ui, t } = deps;
    const given = tenantIdsOf(meantTargets(deps, args));
    const canSignOut = ({ isSample, isSignedOut }: TenantRecord) => !isSample && !isSignedOut;
    const meant = given.filter((tenantId) => {
      const tenant = reader.tenant(tenantId);
      return tenant !== undefined && canSignOut(tenant);
    });
    if (meant.length === 0) {
      if (given.length > 0 || !reader.tenants().some(canSignOut))
        return ui.inform(t('Nobody is signed in there. Sample tenants need no sign-in.'));
      meant.push((await askTenant(deps, t('Sign Out'), signal, canSignOut)).tenantId);
    }
    for (const tenantId of meant) await deps.tenants.signOut(tenantId);
    void offerStep(
      deps,
      t('You are signed out. What was loaded stays on this computer.'),
      t('Delete Loaded Data'),
      () => deleteRows(deps, meant),
    );
  },
};

/** Of those that are still there when the user says so. */
async function deleteRows({ tenants, reader }: CommandDeps, ids: readonly string[]): Promise<void> {
  for (const id of ids) if (reader.tenant(id)) await tenants.removeRows(id);
}
