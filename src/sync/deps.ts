import type { RejectedToken } from '../core/auth/renewal.ts';
import type { Send } from '../core/http/http.ts';
import type { Pause } from '../core/http/retry.ts';
import type { Logger } from '../core/logger.ts';
import type { StoredConnection, TenantRecord } from '../core/model.ts';
import type { Provider } from '../core/provider/provider.ts';
import type { StoreReader, StoreWriter } from '../core/store.ts';

/** The access tokens of one tenant. */
export interface TokenSource {
  /**
   * @param rejected the token that the service has just refused, and the claims (JSON) that it asked for: then another
   * token, or none
   * @throws AppError `notSignedIn`; others when the sign-in service cannot be reached
   */
  get(tenantId: string, rejected?: RejectedToken): Promise<string>;
}

/** What sync works with; everything is handed in. */
export interface SyncDeps {
  readonly reader: StoreReader;
  readonly writer: StoreWriter;
  readonly send: Send;
  readonly tokens: TokenSource;
  readonly log: Logger;
  provider(id: string): Provider | undefined;
  /** The connection with the endpoint that is in force. */
  connectionOf(tenant: TenantRecord): Promise<StoredConnection>;
  /** Requests at once for one tenant. */
  concurrency(): number;
  /** Called when a tenant was read whole, and completely. */
  onWhole?(tenantId: string): void;
  /** How the waits before a read is tried again are waited; by the clock, unless told otherwise. */
  readonly pause?: Pause;
}
