import type { Command } from './command.ts';

/** Shows invented tenants, served by this computer. */
export const openSampleTenants: Command = {
  name: 'openSampleTenants',
  run: async (deps, _args, signal) => {
    await deps.ui.withProgress(deps.t('Starting the sample tenants…'), signal, (_, ownSignal) =>
      deps.openSamples(ownSignal),
    );
    deps.ui.completeStep('sampleTenants');
    await deps.tree.focus();
  },
};
