import { cancelled } from '../../core/errors.ts';
import { needsPerson, type TenantRecord } from '../../core/model.ts';
import type { CommandDeps } from '../command.ts';
import { signInAgain } from '../signIn.ts';

/**
 * Has the user allow changes in a tenant that is read-only, as every tenant is at first. Where the sign-in is known to be
 * for reading only, they sign in anew; if that fails, the tenant stays as it was. @throws AppError `cancelled`
 */
export async function letChange(deps: CommandDeps, tenant: TenantRecord, signal: AbortSignal): Promise<void> {
  const { ui, t, reader } = deps;
  const { id, name, account } = tenant;
  if (reader.tenant(id)?.allowsChanges) return;
  const isForReading = await signsInForReading(deps, tenant);
  const whose = account === undefined ? '' : `${t('Changes are made as {0}.', account)} `;
  const effect = t(
    'Each change is shown before it is made, recorded, and can be undone. “Make Read-Only” takes this back at any time.',
  );
  const again = isForReading ? `\n\n${t('You are signed in for reading only: you sign in again for this.')}` : '';
  const allow = { label: t('Allow Changes'), value: true };
  const answer = await ui.confirm(
    t('The tenant “{0}” is read-only. Allow changes of its access from here?', name),
    `${whose}${effect}${again}`,
    [allow],
  );
  if (!answer) throw cancelled();
  if (isForReading) await signInAgain(deps, id, signal, { forChanges: true });
  await deps.allowChanges(id, true);
}

/** Of VS Code's own account nothing more can be asked for; nobody signs in where it needs no person. */
async function signsInForReading(
  { sync }: CommandDeps,
  { id: tenantId, connection: { signIn }, isSignedOut }: TenantRecord,
): Promise<boolean> {
  if (isSignedOut || !needsPerson(signIn) || signIn === 'microsoft') return false;
  const changes = await sync.changes();
  return (await changes.missingScopes({ changes: [{ tenantId, kind: 'addMember' }] })).length > 0;
}
