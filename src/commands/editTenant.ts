import { AppError } from '../core/errors.ts';
import type { TenantConnection, TenantRecord } from '../core/model.ts';
import { isServiceProvider, type Provider } from '../core/provider.ts';
import type { TenantChange } from '../core/tenants.ts';
import { askTenant } from './ask.ts';
import type { Command, CommandDeps } from './command.ts';
import { type ConnectionDraft, defaultEndpoint } from './connectionDraft.ts';
import { type Asking, endpointStep, nameStep, organizationStep, partitionStep, tokenStep } from './connectionSteps.ts';
import { givenTargets } from './targets.ts';
import { tryOut } from './tryOut.ts';
import { backToLastStep, type Step, type Walk, walk } from './wizard.ts';

/** Changes a tenant's name, address or token; what was loaded stays. */
export const editTenant: Command = {
  name: 'editTenant',
  run: async (deps, args, signal) => {
    const title = deps.t('Edit Tenant');
    const meant = givenTargets(args)[0] ?? deps.tree.selection()[0] ?? (await askTenant(deps, title, signal));
    const tenant = deps.reader.tenant(meant.tenantId);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    const change = await ask(deps, tenant, { ui: deps.ui, t: deps.t, title, signal });
    if (Object.keys(change).length > 0) await deps.tenants.edit(tenant.id, change);
  },
};

async function ask(deps: CommandDeps, tenant: TenantRecord, asking: Asking): Promise<TenantChange> {
  const provider = deps.providers().find((one) => one.id === tenant.provider);
  const start = draftOf(tenant, provider);
  const steps = stepsOf(asking, tenant, provider);
  let done: Walk<ConnectionDraft> = { state: start, before: [] };
  for (;;) {
    done = await walk(() => steps, done);
    const change = difference(start, done.state);
    if (isOnlyTheName(change)) return change;
    const attempt = (signal: AbortSignal) => deps.tenants.tryChange(tenant.id, change, signal);
    const outcome = await tryOut(
      deps,
      { connection: changed(tenant, change), canGoBack: true, attempt },
      asking.signal,
    );
    if (outcome === 'keep') return change;
    done = backToLastStep(done);
  }
}

function draftOf(tenant: TenantRecord, provider: Provider | undefined): ConnectionDraft {
  const { cloud, endpoint, organization, partitionGlobalId } = tenant.connection;
  return {
    ...(provider ? { provider } : {}),
    name: tenant.name,
    ...(cloud ? { cloud } : {}),
    endpoint: endpoint ?? defaultEndpoint(provider, cloud),
    organization: organization ?? '',
    partitionGlobalId: partitionGlobalId ?? '',
  };
}

/** A sample tenant is only renamed: its address is that of the local server. */
function stepsOf(
  asking: Asking,
  tenant: TenantRecord,
  provider: Provider | undefined,
): readonly Step<ConnectionDraft>[] {
  if (tenant.isSample) return [nameStep(asking)];
  if (!provider || !isServiceProvider(provider)) return [nameStep(asking), tokenStep(asking, true)];
  return [
    nameStep(asking),
    endpointStep(asking),
    ...(provider.fields.includes('organization') ? [organizationStep(asking)] : []),
    ...(provider.fields.includes('partitionGlobalId') ? [partitionStep(asking)] : []),
    tokenStep(asking, true),
  ];
}

function difference(
  before: ConnectionDraft,
  { name, endpoint, organization, partitionGlobalId, accessToken }: ConnectionDraft,
): TenantChange {
  return {
    ...(name === undefined || name === before.name ? {} : { name }),
    ...(endpoint === undefined || endpoint === before.endpoint ? {} : { endpoint }),
    ...(organization === undefined || organization === before.organization ? {} : { organization }),
    ...(partitionGlobalId === undefined || partitionGlobalId === before.partitionGlobalId ? {} : { partitionGlobalId }),
    ...(accessToken ? { accessToken } : {}),
  };
}

function isOnlyTheName(change: TenantChange): boolean {
  return Object.keys(change).every((key) => key === 'name');
}

/** For the question about its host; the token that stays is not needed there. */
function changed(tenant: TenantRecord, { accessToken, ...change }: TenantChange): TenantConnection {
  const { signIn: _, ...connection } = tenant.connection;
  return { ...connection, ...change, auth: { method: 'accessToken', accessToken: accessToken ?? 'unchanged' } };
}
