import { AppError } from '../core/errors.ts';
import type { TenantConnection, TenantRecord, WorkspaceChoice } from '../core/model.ts';
import { isServiceProvider, type Provider } from '../core/provider.ts';
import type { TenantChange } from '../core/tenants.ts';
import { readWorkspaceChoice } from '../core/workspaceChoice.ts';
import { askTenant } from './ask.ts';
import type { Command, CommandDeps } from './command.ts';
import { type ConnectionDraft, defaultEndpoint } from './connectionDraft.ts';
import { type Asking, endpointStep, nameStep, organizationStep, partitionStep, tokenStep } from './connectionSteps.ts';
import { reload } from './reload.ts';
import { givenTargets } from './targets.ts';
import { tryOut } from './tryOut.ts';
import { backToLastStep, type Step, type Walk, walk } from './wizard.ts';
import { workspaceSteps } from './workspaceSteps.ts';

/** Changes a tenant's name, address, workspaces or token; what was loaded stays, unless other workspaces are chosen: those are loaded instead. */
export const editTenant: Command = {
  name: 'editTenant',
  run: async (deps, args, signal) => {
    const title = deps.t('Edit Tenant');
    const meant = givenTargets(args)[0] ?? deps.tree.selection()[0] ?? (await askTenant(deps, title, signal));
    const tenant = deps.reader.tenant(meant.tenantId);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    const change = await ask(deps, tenant, { ui: deps.ui, t: deps.t, title, signal });
    if (Object.keys(change).length === 0) return;
    const { state } = deps.sync.completeness({ list: 'groups', tenantId: tenant.id });
    await deps.tenants.edit(tenant.id, change);
    if (change.workspaces && state !== 'notLoaded') await reload(deps, [{ tenantId: tenant.id }], signal);
  },
};

async function ask(deps: CommandDeps, tenant: TenantRecord, asking: Asking): Promise<TenantChange> {
  const provider = deps.providers().find((one) => one.id === tenant.provider);
  const start = draftOf(tenant, provider);
  let done: Walk<ConnectionDraft> = { state: start, before: [] };
  for (;;) {
    done = await walk((draft) => stepsOf(asking, tenant, draft), done);
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
  const { cloud, endpoint, organization, partitionGlobalId, workspaces } = tenant.connection;
  return {
    ...(provider ? { provider } : {}),
    name: tenant.name,
    ...(cloud ? { cloud } : {}),
    endpoint: endpoint ?? defaultEndpoint(provider, cloud),
    organization: organization ?? '',
    partitionGlobalId: partitionGlobalId ?? '',
    ...(workspaces ? { workspaces } : {}),
  };
}

/** A sample tenant is only renamed: its address is that of the local server. */
function stepsOf(asking: Asking, tenant: TenantRecord, draft: ConnectionDraft): readonly Step<ConnectionDraft>[] {
  const { provider } = draft;
  if (tenant.isSample) return [nameStep(asking)];
  if (!provider || !isServiceProvider(provider)) return [nameStep(asking), tokenStep(asking, true)];
  return [
    nameStep(asking),
    endpointStep(asking),
    ...(provider.fields.includes('organization') ? [organizationStep(asking)] : []),
    ...(provider.fields.includes('partitionGlobalId') ? [partitionStep(asking)] : []),
    ...(tenant.connection.scope === 'admin' ? workspaceSteps(asking, draft) : []),
    tokenStep(asking, true),
  ];
}

function difference(
  before: ConnectionDraft,
  { name, endpoint, organization, partitionGlobalId, workspaces, accessToken }: ConnectionDraft,
): TenantChange {
  return {
    ...(name === undefined || name === before.name ? {} : { name }),
    ...(endpoint === undefined || endpoint === before.endpoint ? {} : { endpoint }),
    ...(organization === undefined || organization === before.organization ? {} : { organization }),
    ...(partitionGlobalId === undefined || partitionGlobalId === before.partitionGlobalId ? {} : { partitionGlobalId }),
    ...(isSameChoice(workspaces, before.workspaces) ? {} : { workspaces: workspaces ?? {} }),
    ...(accessToken ? { accessToken } : {}),
  };
}

function isSameChoice(one: WorkspaceChoice | undefined, other: WorkspaceChoice | undefined): boolean {
  return JSON.stringify(readWorkspaceChoice(one)) === JSON.stringify(readWorkspaceChoice(other));
}

function isOnlyTheName(change: TenantChange): boolean {
  return Object.keys(change).every((key) => key === 'name');
}

/** For the question about its host; the token that stays is not needed there. */
function changed(tenant: TenantRecord, { accessToken, ...change }: TenantChange): TenantConnection {
  const { signIn: _, ...connection } = tenant.connection;
  return { ...connection, ...change, auth: { method: 'accessToken', accessToken: accessToken ?? 'unchanged' } };
}
