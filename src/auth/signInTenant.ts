import type { TenantRecord } from '../core/model.ts';
import type { SignInTenant } from './signIn.ts';

/** A kept tenant as signing in sees it. */
export function signInTenant({ id, provider, connection, accountId, allowsChanges }: TenantRecord): SignInTenant {
  return {
    id,
    provider,
    connection,
    ...(accountId === undefined ? {} : { accountId }),
    ...(allowsChanges ? { changes: 'wanted' } : {}),
  };
}
