import { needsPerson, type TenantConnection } from '../core/model.ts';
import { isTarget } from '../core/target.ts';
import type { DraftDetails } from '../core/tenants/tenants.ts';
import type { Command, CommandDeps } from './command.ts';
import { addTenantSteps } from './connect/addTenantSteps.ts';
import { type ConnectionDraft, toConnection } from './connect/connectionDraft.ts';
import { type Begun, createBegun } from './connect/signInStep.ts';
import { tryOut } from './connect/tryOut.ts';
import { backToLastStep, type Walk, walk } from './connect/wizard.ts';

/** Adds a tenant: the one that is given as a `TenantConnection`, or by questions. Resolves to the tenant's id. */
export const addTenant: Command = {
  name: 'addTenant',
  run: async (deps, [given], signal) => {
    const begun = createBegun(deps);
    try {
      const ids = isConnection(given) ? await tried(deps, begun, given, signal) : await asked(deps, begun, signal);
      const [tenantId = ''] = ids;
      deps.ui.completeStep('ownTenant');
      await deps.tree.reveal({ tenantId });
      return tenantId;
    } catch (error) {
      await begun.discard();
      throw error;
    }
  },
};

/** Buttons and menus hand over rows or nothing; whoever gives a connection names a provider. */
function isConnection(value: unknown): value is TenantConnection {
  return typeof value === 'object' && value !== null && 'provider' in value && !isTarget(value);
}

/** A tenant that needs a person is kept signed out: its row has a button to sign in. */
async function tried(
  deps: CommandDeps,
  begun: Begun,
  connection: TenantConnection,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const draft = await begun.begin(connection);
  const attempt = needsPerson(connection.auth.method) ? async () => undefined : draft.tryOut;
  await tryOut(deps, { connection, canGoBack: false, attempt }, signal);
  const ids = await draft.keep();
  begun.isKept();
  return ids;
}

async function asked(deps: CommandDeps, begun: Begun, signal: AbortSignal): Promise<readonly string[]> {
  const asking = { ui: deps.ui, t: deps.t, title: deps.t('Add a Tenant'), signal };
  const steps = (draft: ConnectionDraft) => addTenantSteps(deps, asking, begun, draft);
  let done: Walk<ConnectionDraft> = { state: {}, before: [] };
  for (;;) {
    done = await walk(steps, done);
    const connection = toConnection(done.state);
    const isPersons = needsPerson(connection.auth.method);
    const draft = (isPersons ? done.state.begun : undefined) ?? (await begun.begin(connection));
    const details = detailsOf(done.state);
    const isSignedOut = isPersons && done.state.signedIn === undefined;
    const attempt = async (ownSignal: AbortSignal) => {
      if (!isSignedOut) await draft.tryOut(ownSignal, details[0]);
    };
    if ((await tryOut(deps, { connection, canGoBack: true, attempt }, signal)) === 'keep') {
      const ids = await draft.keep(details);
      begun.isKept();
      return ids;
    }
    done = backToLastStep(done);
  }
}

/** What became known after the tenant was begun. */
function detailsOf({ name, organization, directoryId, directories = [] }: ConnectionDraft): readonly DraftDetails[] {
  const details = {
    ...(name ? { name } : {}),
    ...(organization ? { organization } : {}),
    ...(directoryId ? { directoryId } : {}),
  };
  const [first, ...others] = directories;
  if (!first) return [details];
  if (others.length === 0) return [{ ...details, directoryId: first.id }];
  return directories.map((directory) => ({ ...details, name: directory.name, directoryId: directory.id }));
}
