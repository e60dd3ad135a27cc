import { isServiceProvider } from '../core/provider/provider.ts';
import { type Level, meantTargets, target } from './choose/targets.ts';
import { thingOf } from './choose/things.ts';
import type { Command } from './command.ts';

/** Opens the service's own page about a tenant or a group; of a member, about its group. */
export const openInPortal: Command = {
  name: 'openInPortal',
  run: async (deps, args, signal) => {
    const { t, ui, reader, tenants } = deps;
    const isGiven = meantTargets(deps, args).length > 0;
    const levels: readonly Level[] = isGiven ? ['tenant', 'group', 'member'] : ['tenant', 'group'];
    const { tenant, group } = thingOf(reader, await target(deps, args, { levels, title: t('Open in Portal') }, signal));
    const provider = deps.providers().find((one) => one.id === tenant.provider);
    const url =
      provider && isServiceProvider(provider)
        ? provider.portalUrl(await tenants.connectionOf(tenant), group)
        : undefined;
    if (url === undefined) ui.inform(t('No page in the browser is known for this.'));
    else await ui.openExternal(url);
  },
};
