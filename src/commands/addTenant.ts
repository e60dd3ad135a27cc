import { checkConnection } from '../core/connection.ts';
import type { TenantConnection } from '../core/model.ts';
import { isServiceProvider } from '../core/provider.ts';
import { isTarget } from '../core/target.ts';
import type { Command, CommandDeps } from './command.ts';
import { type ConnectionDraft, toConnection } from './connectionDraft.ts';
import {
  type Asking,
  cloudStep,
  endpointStep,
  fieldSteps,
  nameStep,
  providerStep,
  tokenStep,
} from './connectionSteps.ts';
import { tryOut } from './tryOut.ts';
import { backToLastStep, type Step, type Walk, walk } from './wizard.ts';
import { workspaceSteps } from './workspaceSteps.ts';

/** Adds a tenant: the one that is given as a `TenantConnection`, or by questions. Resolves to the tenant's id. */
export const addTenant: Command = {
  name: 'addTenant',
  run: async (deps, [given], signal) => {
    const connection = isConnection(given) ? await tried(deps, given, signal) : await asked(deps, signal);
    const tenantId = await deps.tenants.add(connection);
    await deps.tree.reveal({ tenantId });
    return tenantId;
  },
};

/** Buttons and menus hand over rows or nothing; whoever gives a connection names a provider. */
function isConnection(value: unknown): value is TenantConnection {
  return typeof value === 'object' && value !== null && 'provider' in value && !isTarget(value);
}

async function tried(deps: CommandDeps, connection: TenantConnection, signal: AbortSignal): Promise<TenantConnection> {
  checkConnection(connection, deps.providers());
  const attempt = (ownSignal: AbortSignal) => deps.tenants.tryConnection(connection, ownSignal);
  await tryOut(deps, { connection, canGoBack: false, attempt }, signal);
  return connection;
}

async function asked(deps: CommandDeps, signal: AbortSignal): Promise<TenantConnection> {
  const asking = { ui: deps.ui, t: deps.t, title: deps.t('Add a Tenant'), signal };
  const steps = (draft: ConnectionDraft) => stepsOf(deps, asking, draft);
  let done: Walk<ConnectionDraft> = { state: {}, before: [] };
  for (;;) {
    done = await walk(steps, done);
    const connection = toConnection(done.state);
    const attempt = (ownSignal: AbortSignal) => deps.tenants.tryConnection(connection, ownSignal);
    if ((await tryOut(deps, { connection, canGoBack: true, attempt }, signal)) === 'keep') return connection;
    done = backToLastStep(done);
  }
}

function stepsOf(deps: CommandDeps, asking: Asking, draft: ConnectionDraft): readonly Step<ConnectionDraft>[] {
  const { provider } = draft;
  const usable = deps.providers().filter((one) => one.signInMethods.includes('accessToken'));
  const address: Step<ConnectionDraft>[] = [];
  if (provider && isServiceProvider(provider)) {
    const hasClouds = Object.keys(provider.endpoints).length > 1;
    if (hasClouds) address.push(cloudStep(asking, provider.endpoints));
    if (!hasClouds || draft.isOwnEndpoint) address.push(endpointStep(asking));
  }
  return [
    providerStep(asking, usable),
    nameStep(asking),
    ...address,
    ...fieldSteps(asking, provider),
    ...(draft.choosesWorkspaces ? workspaceSteps(asking, draft) : []),
    tokenStep(asking),
  ];
}
