import type { SecretStore } from '../../core/auth/secrets.ts';
import type { VsCodeAccounts } from '../../core/auth/vscodeAccounts.ts';
import type { Send } from '../../core/http/http.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Translate } from '../../core/text/translate.ts';
import type { SignInTenant } from '../signIn.ts';
import type { TenantSecrets } from '../tenantSecrets.ts';
import type { Sleep } from './sleep.ts';

export interface MicrosoftDeps {
  readonly send: Send;
  /** Where what accounts hold is kept. */
  readonly secrets: SecretStore;
  /** Where an app's secret or certificate is kept. */
  readonly tenantSecrets: Pick<TenantSecrets, 'read' | 'remove'>;
  readonly vscodeAccounts: VsCodeAccounts;
  provider(id: string): Provider | undefined;
  /** Every tenant that is kept and not signed out: an account may be used by several. */
  tenants(): readonly SignInTenant[];
  readonly t: Translate;
  /** The clock, and how it is waited for; the real one unless told otherwise. */
  readonly now?: () => number;
  readonly sleep?: Sleep;
}
