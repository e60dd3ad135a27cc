import { askTenant } from './choose/ask.ts';
import { meantTargets, tenantIdsOf } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Lets nothing be changed in tenants any more; what is under way stops. */
export const makeReadOnly: Command = {
  name: 'makeReadOnly',
  run: async (deps, args, signal) => {
    const { reader, t } = deps;
    const isAllowed = (tenantId: string) => reader.tenant(tenantId)?.allowsChanges === true;
    const meant = tenantIdsOf(meantTargets(deps, args)).filter(isAllowed);
    const all =
      meant.length > 0
        ? meant
        : [(await askTenant(deps, t('Make Read-Only'), signal, ({ id }) => isAllowed(id))).tenantId];
    for (const tenantId of all) await deps.allowChanges(tenantId, false);
  },
};
