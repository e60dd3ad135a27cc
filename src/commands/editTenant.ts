import { signInMethods } from '../core/auth/checkAuth.ts';
import { AppError } from '../core/errors.ts';
import { needsPerson, type StoredConnection, type TenantRecord, type WorkspaceChoice } from '../core/model.ts';
import { isServiceProvider, type Provider } from '../core/provider/provider.ts';
import type { TenantChange } from '../core/tenants/tenants.ts';
import { readWorkspaceChoice } from '../core/tenants/workspaceChoice.ts';
import { askTenant } from './choose/ask.ts';
import { oneMeant } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';
import { authOf, type ConnectionDraft, defaultEndpoint } from './connect/connectionDraft.ts';
import {
  type Asking,
  endpointStep,
  nameStep,
  organizationStep,
  partitionStep,
  tokenStep,
} from './connect/connectionSteps.ts';
import { methodStep, secretSteps } from './connect/methodSteps.ts';
import { tryOut } from './connect/tryOut.ts';
import { backToLastStep, type Step, type Walk, walk } from './connect/wizard.ts';
import { workspaceSteps } from './connect/workspaceSteps.ts';
import { reload } from './refresh.ts';
import { signInAgain } from './signIn.ts';

/** Changes a tenant's name, address, workspaces or token; what was loaded stays, unless other workspaces are chosen: those are loaded instead. */
export const editTenant: Command = {
  name: 'editTenant',
  run: async (deps, args, signal) => {
    const title = deps.t('Edit Tenant');
    const meant = oneMeant(deps, args) ?? (await askTenant(deps, title, signal));
    const tenant = deps.reader.tenant(meant.tenantId);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    const change = await ask(deps, tenant, { ui: deps.ui, t: deps.t, title, signal });
    if (Object.keys(change).length === 0) return;
    const { state } = deps.sync.completeness({ list: 'groups', tenantId: tenant.id });
    await deps.tenants.edit(tenant.id, change);
    if (change.auth && needsPerson(change.auth.method)) await signInAgain(deps, tenant.id, signal);
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
    const attempt = async (signal: AbortSignal) => {
      if (canTry(tenant, change)) await deps.tenants.tryChange(tenant.id, change, signal);
    };
    const outcome = await tryOut(
      deps,
      { connection: { ...tenant.connection, ...change }, canGoBack: true, attempt },
      asking.signal,
    );
    if (outcome === 'keep') return change;
    done = backToLastStep(done);
  }
}

function draftOf(tenant: TenantRecord, provider: Provider | undefined): ConnectionDraft {
  const { cloud, endpoint, organization, partitionGlobalId, workspaces, signIn, clientId } = tenant.connection;
  return {
    ...(provider ? { provider } : {}),
    name: tenant.name,
    ...(cloud ? { cloud } : {}),
    endpoint: endpoint ?? defaultEndpoint(provider, cloud),
    organization: organization ?? '',
    partitionGlobalId: partitionGlobalId ?? '',
    ...(workspaces ? { workspaces } : {}),
    method: signIn,
    ...(clientId === undefined ? {} : { clientId }),
  };
}

/** Nothing can be tried before somebody signs in. */
function canTry({ isSignedOut, connection }: TenantRecord, { auth }: TenantChange): boolean {
  if (auth) return !needsPerson(auth.method);
  return !isSignedOut || !needsPerson(connection.signIn);
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
    ...(provider.fields.includes('partitionGlobalId') ? [partitionStep(asking, draft.method)] : []),
    ...(tenant.connection.scope === 'admin' ? workspaceSteps(asking, draft) : []),
    ...(signInMethods(provider).length > 1 ? [methodStep(asking, provider)] : []),
    ...secretSteps(asking, provider, draft, isSameWay(tenant.connection, draft)),
  ];
}

/** Its secret need not be given again. */
function isSameWay({ signIn, clientId }: StoredConnection, draft: ConnectionDraft): boolean {
  return signIn === draft.method && clientId === draft.clientId;
}

function difference(before: ConnectionDraft, after: ConnectionDraft): TenantChange {
  const { name, endpoint, organization, partitionGlobalId, workspaces, method, clientId } = after;
  const auth = authOf(after);
  const hasSecret = method === 'accessToken' || method === 'clientCredentials';
  const isOther = hasSecret || method !== before.method || clientId !== before.clientId;
  return {
    ...(name === undefined || name === before.name ? {} : { name }),
    ...(endpoint === undefined || endpoint === before.endpoint ? {} : { endpoint }),
    ...(organization === undefined || organization === before.organization ? {} : { organization }),
    ...(partitionGlobalId === undefined || partitionGlobalId === before.partitionGlobalId ? {} : { partitionGlobalId }),
    ...(isSameChoice(workspaces, before.workspaces) ? {} : { workspaces: workspaces ?? {} }),
    ...(auth && isOther ? { auth } : {}),
  };
}

function isSameChoice(one: WorkspaceChoice | undefined, other: WorkspaceChoice | undefined): boolean {
  return JSON.stringify(readWorkspaceChoice(one)) === JSON.stringify(readWorkspaceChoice(other));
}

function isOnlyTheName(change: TenantChange): boolean {
  return Object.keys(change).every((key) => key === 'name');
}
