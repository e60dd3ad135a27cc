import { type AppError, cancelled, isAppError, toAppError } from '../../core/errors.ts';
import type { TenantConnection } from '../../core/model.ts';
import type { TenantDraft } from '../../core/tenants/tenants.ts';
import type { CommandDeps } from '../command.ts';
import { type ConnectionDraft, toConnection } from './connectionDraft.ts';
import { signInProblem } from './signInProblem.ts';
import { hasAgreed } from './tryOut.ts';
import type { Step } from './wizard.ts';

/** Holds the one tenant that a dialog has begun, so that nothing of it or an earlier one is left behind. */
export interface Begun {
  begin(connection: TenantConnection): Promise<TenantDraft>;
  isKept(): void;
  discard(): Promise<void>;
}

export function createBegun({ tenants }: CommandDeps): Begun {
  let current: TenantDraft | undefined;
  const discard = async () => {
    const last = current;
    current = undefined;
    await last?.discard();
  };
  return {
    begin: async (connection) => {
      await discard();
      current = await tenants.begin(connection);
      return current;
    },
    isKept: () => {
      current = undefined;
    },
    discard,
  };
}

/** Signs in before the tenant is kept. When that fails, the user may keep it signed out, or go back. */
export function signInStep(deps: CommandDeps, begun: Begun, signal: AbortSignal): Step<ConnectionDraft> {
  return async ({ signedIn: _, directories: __, ...draft }) => {
    const connection = toConnection(draft);
    if (!(await hasAgreed(deps, connection))) return 'back';
    const tenant = await begun.begin(connection);
    try {
      const words = deps.t('Signing in… Go on in the browser or in the box above.');
      const signedIn = await deps.ui.withProgress(words, signal, (_progress, own) => tenant.signIn(own));
      const organization = draft.organization || signedIn.organization;
      return { value: { ...draft, ...(organization ? { organization } : {}), begun: tenant, signedIn } };
    } catch (error) {
      if (signal.aborted) throw error;
      if (isAppError(error, 'cancelled')) return 'back';
      return (await keepsAnyway(deps, toAppError(error))) ? { value: { ...draft, begun: tenant } } : 'back';
    }
  };
}

async function keepsAnyway(deps: CommandDeps, error: AppError): Promise<boolean> {
  const { ui, t, log } = deps;
  log.warn(`Signing in failed: ${error.kind}.`);
  const answer = await ui.confirm(t('Signing in failed.'), await signInProblem(deps, error), [
    { label: t('Go Back'), value: 'goBack' },
    { label: t('Keep Signed Out'), value: 'keep' },
  ]);
  if (!answer) throw cancelled();
  return answer === 'keep';
}
