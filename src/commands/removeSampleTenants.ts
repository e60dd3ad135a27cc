import type { Command } from './command.ts';

/** Removes all sample tenants. Nothing of value goes, so nothing is asked. */
export const removeSampleTenants: Command = {
  name: 'removeSampleTenants',
  run: async ({ reader, tenants, ui, t }) => {
    const samples = reader.tenants().filter((tenant) => tenant.isSample);
    if (samples.length === 0) ui.inform(t('There are no sample tenants.'));
    for (const { id } of samples) await tenants.remove(id);
  },
};
