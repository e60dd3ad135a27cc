import { carryThrough } from './change/carryThrough.ts';
import { oneToChange } from './change/subject.ts';
import type { Command } from './command.ts';

/** Has the service work out anew what one's own account may do; it allows that once an hour. */
export const refreshUserPermissions: Command = {
  name: 'refreshUserPermissions',
  run: async (deps, args, signal) => {
    const title = deps.t('Refresh My Permissions');
    const wanted = { capability: 'refreshUserPermissions', level: 'tenant', title } as const;
    const { tenantId } = await oneToChange(deps, args, wanted, signal);
    await carryThrough(deps, [{ kind: 'refreshUserPermissions', tenantId }], signal);
  },
};
