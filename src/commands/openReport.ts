import { tenantsMeant } from './choose/targets.ts';
import type { Command } from './command.ts';
import { reportSource } from './report/reportSource.ts';

/** Opens a page with who has access to what, of one or all tenants. Loads nothing. */
export const openReport: Command = {
  name: 'openReport',
  run: async (deps, args, signal) => {
    const tenantIds = await tenantsMeant(deps, args, deps.t('Open Report'), signal);
    await deps.showReport(reportSource(deps, tenantIds, signal));
  },
};
