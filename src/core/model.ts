import type { ErrorKind } from './errors.ts';

/** One connection to a customer's Entra directory or UiPath organization, with one account. */
export interface Tenant {
  readonly id: string;
  /** Id of the provider, e.g. `powerbi`. */
  readonly provider: string;
  readonly name: string;
  readonly account?: string;
}

/** Power BI workspace, UiPath group, Entra group. */
export interface Group {
  /** Unique among the tenant's groups: the service's id, `~2`, `~3` … after ids that a page repeats. */
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  /** `workspace personalWorkspace builtIn custom security microsoft365 unknown`, or what a provider added. */
  readonly kind: string;
  /** Every documented field as the service sent it; `details.id` is the service's own id. */
  readonly details: Details;
}

/** A principal in a group. */
export interface Member {
  /** Unique in its group: the identifier, plus the profile id where there is one. */
  readonly id: string;
  /** Display name, else e-mail, else identifier. */
  readonly name: string;
  readonly email?: string;
  readonly identifier: string;
  /** `user group app robot everyone unknown`. */
  readonly principalType: string;
  /** As the service names it; values added later are kept. Absent where the service has none. */
  readonly accessRight?: string;
  /** Where the principal lives, as the service names it: `local`, `aad` … */
  readonly source?: string;
  readonly details: Details;
}

/** One grant that a search found. `path` names the nested groups passed; `[]` is a direct grant. */
export interface Access {
  readonly tenantId: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly member: Member;
  readonly path: readonly string[];
}

export type Details = Readonly<Record<string, unknown>>;

export type ListingState = 'notLoaded' | 'loading' | 'complete' | 'partial' | 'denied' | 'throttled' | 'failed';

/** How complete a listing is, and of when. Times are ISO 8601 in UTC. */
export interface Completeness {
  readonly state: ListingState;
  readonly kind?: ErrorKind;
  /** Rows held. */
  readonly count?: number;
  /** Plain words; contains the service's own message where it sent one. */
  readonly reason?: string;
  /** When the rows were read. */
  readonly asOf?: string;
  /** When a throttled service may be asked again. */
  readonly retryAt?: string;
}

export interface Listing<T> {
  readonly items: readonly T[];
  readonly completeness: Completeness;
}

export interface ReadOptions {
  /** Ask the service again, whatever is held. */
  readonly refresh?: boolean;
  readonly signal?: AbortSignal;
}

export type Cloud = 'public' | 'usGov' | 'usGovHigh' | 'usGovDod' | 'china';

export type Auth =
  | { readonly method: 'accessToken'; readonly accessToken: string }
  | { readonly method: 'microsoft' }
  | { readonly method: 'interactive' | 'deviceCode'; readonly clientId: string }
  | {
      readonly method: 'clientCredentials';
      readonly clientId: string;
      readonly clientSecret?: string;
      readonly certificate?: { readonly thumbprintSha256: string; readonly privateKey: string };
    }
  | { readonly method: 'oauth'; readonly clientId: string };

export type SignInMethod = Auth['method'];

/** What it takes to reach a tenant. The secrets in `auth` go to SecretStorage and nowhere else. */
export interface TenantConnection {
  readonly provider: string;
  readonly name: string;
  /** Service root, e.g. `https://api.powerbi.com`; a path in it is kept as a prefix. */
  readonly endpoint?: string;
  readonly cloud?: Cloud;
  /** Entra directory: GUID or domain. */
  readonly directoryId?: string;
  /** UiPath organization name, as in the URL. */
  readonly organization?: string;
  /** UiPath organization id. */
  readonly partitionGlobalId?: string;
  /** Power BI: my workspaces, or the whole tenant by the admin APIs. */
  readonly scope?: 'member' | 'admin';
  /** Power BI with scope `admin`: which of the tenant's workspaces are read. All of them where it is absent. */
  readonly workspaces?: WorkspaceChoice;
  readonly auth: Auth;
}

/** Workspaces that are read: those that nothing here leaves out. */
export interface WorkspaceChoice {
  readonly leaveOut?: readonly WorkspaceSort[];
  /** Only workspaces on one of these capacities. */
  readonly capacityIds?: readonly string[];
}

/** `orphaned`: without an administrator. */
export type WorkspaceSort = 'personal' | 'deleted' | 'orphaned';

/** A connection as it is kept: without any secret. */
export type StoredConnection = Omit<TenantConnection, 'auth'> & {
  readonly signIn: SignInMethod;
  /** Of the application that signs in. */
  readonly clientId?: string;
};

/** A tenant as the store keeps it. */
export interface TenantRecord extends Tenant {
  readonly connection: StoredConnection;
  /** One of the sample tenants: its server is the sandbox. */
  readonly isSample: boolean;
  /** Nobody is signed in: no token is asked for. */
  readonly isSignedOut?: true;
  /** Whose tokens are used, as the way of signing in knows accounts. */
  readonly accountId?: string;
  /** How often the tenant's secret was replaced: whoever reads an older one waits for the newer one. Absent: never. */
  readonly generation?: number;
  /** Its access may be changed; a tenant is read-only until somebody says so. */
  readonly allowsChanges?: true;
}

/** Who is signed in to a tenant. */
export type Session =
  | { readonly isSignedOut: true }
  | { readonly isSignedOut: false; readonly account?: string; readonly accountId?: string };

/** Ways of signing in where a person must act; such tenants start signed out. */
export function needsPerson(method: SignInMethod): boolean {
  return method !== 'accessToken' && method !== 'clientCredentials';
}

/** Marked by the service itself, or by the form of a guest's user principal name. */
export function isGuest(member: Pick<Member, 'details' | 'identifier' | 'email'>): boolean {
  const { userType, userPrincipalName } = member.details;
  return (
    (typeof userType === 'string' && userType.toLowerCase() === 'guest') ||
    /#EXT#/i.test(member.identifier) ||
    /#EXT#/i.test(member.email ?? '') ||
    (typeof userPrincipalName === 'string' && /#EXT#/i.test(userPrincipalName))
  );
}
