import type { Send } from '../../core/http/http.ts';
import type { TenantRecord } from '../../core/model.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { StoreWriter } from '../../core/store.ts';
import type { Translate } from '../../core/text/translate.ts';
import type { Lock } from '../directoryLock.ts';
import type { TenantSecrets } from '../tenantSecrets.ts';

export interface UiPathDeps {
  readonly send: Send;
  readonly secrets: TenantSecrets;
  readonly reader: { tenant(tenantId: string): TenantRecord | undefined };
  readonly writer: Pick<StoreWriter, 'nextGeneration'>;
  provider(id: string): Provider | undefined;
  /** Shared by all windows. */
  readonly lock: Lock;
  /** What the user set. */
  uipath(): { readonly redirectPorts: readonly number[]; readonly sendsOrganization: boolean };
  readonly t: Translate;
  /** Milliseconds; by the clock unless told otherwise. */
  readonly now?: () => number;
  /** How patient to be, in milliseconds; the usual unless told otherwise. */
  readonly patience?: Partial<Patience>;
}

interface Patience {
  /** With a person at the browser. */
  readonly person: number;
  /** With what another window wrote and is still on its way here. */
  readonly arrival: number;
}

export const usualPatience: Patience = { person: 5 * 60_000, arrival: 5000 };
