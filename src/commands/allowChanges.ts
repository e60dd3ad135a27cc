import { AppError } from '../core/errors.ts';
import type { TenantRecord } from '../core/model.ts';
import { capabilitiesOf } from '../core/provider/provider.ts';
import { letChange } from './change/letChange.ts';
import { askTenant } from './choose/ask.ts';
import { oneMeant } from './choose/targets.ts';
import type { Command } from './command.ts';

/** Ends a tenant's being read-only. */
export const allowChanges: Command = {
  name: 'allowChanges',
  run: async (deps, args, signal) => {
    const { reader, t, ui } = deps;
    const providers = new Map(deps.providers().map((provider) => [provider.id, provider]));
    const canChange = ({ provider, connection }: TenantRecord) => {
      const its = providers.get(provider);
      return its !== undefined && capabilitiesOf(its, connection).length > 0;
    };
    const isMeant = (tenant: TenantRecord) => !tenant.allowsChanges && canChange(tenant);
    const { tenantId } = oneMeant(deps, args) ?? (await askTenant(deps, t('Allow Changes'), signal, isMeant));
    const tenant = reader.tenant(tenantId);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    if (!canChange(tenant)) return ui.inform(t('Nothing of this service can be changed from here.'));
    if (tenant.allowsChanges) return ui.inform(t('Changes are allowed already.'));
    await letChange(deps, tenant, signal);
  },
};
