import { AppError, cancelled, toAppError } from '../core/errors.ts';
import { needsPerson } from '../core/model.ts';
import { isTarget, type Target } from '../core/target.ts';
import { askTenant } from './choose/ask.ts';
import { listingOf } from './choose/listingOf.ts';
import { oneMeant } from './choose/targets.ts';
import type { Command, CommandDeps } from './command.ts';
import { askSecret } from './connect/askSecret.ts';
import { signInProblem } from './connect/signInProblem.ts';
import { reload } from './refresh.ts';

/** Signs in to a tenant: by the browser or a code, or by a new secret. Then loads what failed for want of it. */
export const signIn: Command = {
  name: 'signIn',
  run: async (deps, args, signal) => {
    const title = deps.t('Sign In');
    const meant = oneMeant(deps, args) ?? (await askTenant(deps, title, signal, ({ isSample }) => !isSample));
    const tenant = deps.reader.tenant(meant.tenantId);
    if (!tenant) throw new AppError('notFound', 'There is no such tenant.');
    if (needsPerson(tenant.connection.signIn)) {
      await signInAgain(deps, tenant.id, signal);
    } else if (!(await askSecret(deps, tenant, title, signal))) return;
    const failed = [{ tenantId: tenant.id }, ...args.filter(isTarget)].filter((one) => lacksSignIn(deps, one));
    await reload(deps, failed, signal);
  },
};

/** Has the person sign in to a tenant that is kept. @throws AppError `cancelled`, also when what failed was told */
export async function signInAgain(
  deps: CommandDeps,
  tenantId: string,
  signal: AbortSignal,
  options: { readonly forChanges?: boolean } = {},
): Promise<void> {
  const { ui, t, tenants, log } = deps;
  const words = t('Signing in… Go on in the browser or in the box above.');
  for (;;) {
    try {
      await ui.withProgress(words, signal, (_, ownSignal) => tenants.signIn(tenantId, ownSignal, options));
      return;
    } catch (thrown) {
      const error = toAppError(thrown);
      if (signal.aborted || error.kind === 'cancelled') throw error;
      log.warn(`Signing in failed: ${error.kind}.`);
      const tryAgain = { label: t('Retry'), value: true };
      if (!(await ui.confirm(t('Signing in failed.'), await signInProblem(deps, error), [tryAgain]))) throw cancelled();
    }
  }
}

/** What the user looked at when they were asked to sign in. */
function lacksSignIn({ reader }: CommandDeps, target: Target): boolean {
  const { state, kind } = reader.completeness(listingOf(target));
  return state === 'notLoaded' || kind === 'notSignedIn';
}
