import type { TenantRecord } from '../../core/model.ts';
import type { CommandDeps } from '../command.ts';
import { authOf, type ConnectionDraft } from './connectionDraft.ts';
import { secretSteps } from './methodSteps.ts';
import { tryOut } from './tryOut.ts';
import { backToLastStep, type Walk, walk } from './wizard.ts';

/** Asks for a new secret of a tenant's way of signing in, tries it and keeps it. Resolves to whether it was kept. */
export async function askSecret(
  deps: CommandDeps,
  { id, provider: providerId, connection }: TenantRecord,
  title: string,
  signal: AbortSignal,
): Promise<boolean> {
  const provider = deps.providers().find((one) => one.id === providerId);
  const asking = { ui: deps.ui, t: deps.t, title, signal };
  const { signIn: method, clientId } = connection;
  const start: ConnectionDraft = { method, ...(clientId === undefined ? {} : { clientId }) };
  let done: Walk<ConnectionDraft> = { state: start, before: [] };
  for (;;) {
    done = await walk((draft) => secretSteps(asking, provider, draft), done);
    const auth = authOf(done.state);
    if (!auth) return false;
    const attempt = (ownSignal: AbortSignal) => deps.tenants.tryChange(id, { auth }, ownSignal);
    if ((await tryOut(deps, { connection, canGoBack: true, attempt }, signal)) === 'keep') {
      await deps.tenants.edit(id, { auth });
      return true;
    }
    done = backToLastStep(done);
  }
}
