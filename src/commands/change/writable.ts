import type { TenantRecord } from '../../core/model.ts';
import type { Capability } from '../../core/provider/capability.ts';
import { capabilitiesOf } from '../../core/provider/provider.ts';
import type { CommandDeps } from '../command.ts';

/** Whether a tenant's service can do something over its connection. */
export function canDo(
  { providers }: Pick<CommandDeps, 'providers'>,
  { provider, connection }: TenantRecord,
  capability: Capability,
): boolean {
  const its = providers().find(({ id }) => id === provider);
  return its !== undefined && capabilitiesOf(its, connection).includes(capability);
}

/** Why nothing of a tenant can be changed now, in words of a remark; nothing where it can. */
export function whyNot(deps: CommandDeps, tenant: TenantRecord, capability: Capability): string | undefined {
  const { t } = deps;
  if (!canDo(deps, tenant, capability)) return t('it cannot be changed from here');
  if (!tenant.allowsChanges) return t('it is read-only, until “Allow Changes…” says otherwise');
  return tenant.isSignedOut ? t('nobody is signed in') : undefined;
}
