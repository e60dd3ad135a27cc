import type { Event } from '../event.ts';

/** An account that is signed in to VS Code. */
export interface VsCodeAccount {
  readonly id: string;
  /** As a person knows it. */
  readonly label: string;
}

export interface VsCodeSession {
  readonly accessToken: string;
  readonly account: VsCodeAccount;
}

export interface VsCodeSessionRequest {
  /** Id of the authentication provider: `microsoft`, or `microsoft-sovereign-cloud`. */
  readonly provider: string;
  readonly scopes: readonly string[];
  /** Claims, as JSON, that the service demanded. */
  readonly claims?: string;
  /** Without one, a session that may ask lets the person choose. */
  readonly account?: VsCodeAccount;
  /** `never`: a session that is there, or none; `always`: a new one, whatever is there. */
  readonly ask: 'never' | 'ifNeeded' | 'always';
}

/** The accounts of VS Code itself. */
export interface VsCodeAccounts {
  /** @throws what VS Code throws */
  session(request: VsCodeSessionRequest): Promise<VsCodeSession | undefined>;
  accounts(provider: string): Promise<readonly VsCodeAccount[]>;
  /** The provider whose sessions may have changed. */
  readonly onDidChange: Event<string>;
}
