import type { AppError, ErrorKind } from '../errors.ts';
import type { AccessModel } from '../findings/findings.ts';
import type { Group, SignInMethod, StoredConnection } from '../model.ts';
import type { Budget } from './budget.ts';
import type { Capability } from './capability.ts';
import type { Json, ProviderContext } from './providerContext.ts';
import type { GroupRow, ItemRow, MemberRow } from './rows.ts';
import type { ProviderWrites, ServiceWrites } from './writes.ts';

export type { Capability } from './capability.ts';
export type { Json, ProviderContext } from './providerContext.ts';

interface ProviderDescription {
  /** Unique, e.g. `powerbi`. */
  readonly id: string;
  readonly label: string;
  /** Id of a product icon (codicon). */
  readonly icon: string;
  readonly capabilities: readonly Capability[];
  /** What it can change beside these where the connection's scope is `admin`. */
  readonly adminCapabilities?: readonly Capability[];
  readonly signInMethods: readonly SignInMethod[];
}

/**
 * A provider that another extension registers. Its reads yield model rows, page by page; a thrown Error with a `kind`
 * of `ErrorKind` ends the listing in the state of that kind, with the pages that came before.
 */
export interface ProviderDefinition extends ProviderDescription {
  /**
   * What its rights and groups mean, for findings; without it, or where it has another form than promised, only what
   * needs no meaning is found.
   */
  readonly access?: AccessModel;
  /** How it changes what its `capabilities` name. */
  readonly writes?: ProviderWrites;
  listGroups(context: ProviderContext): AsyncIterable<readonly GroupRow[]>;
  listMembers(context: ProviderContext, group: Group): AsyncIterable<readonly MemberRow[]>;
  /** All groups with their members, where the service can send them in one go. */
  listAll?(context: ProviderContext): AsyncIterable<readonly GroupRow[]>;
}

/** One request of a listing, as plain data: it also goes to the worker, which decodes the reply. */
export interface PageRequest {
  readonly url: string;
  /** Name of the decoder in the provider's `decode.ts`. */
  readonly shape: string;
  /** An admin call: slower, so given more time. */
  readonly isAdmin?: boolean;
  /** What the service wants to be told beside the address. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent, as JSON: a read for which the service wants a POST, such as several reads in one. */
  readonly body?: string;
  /** The requests that it holds. */
  readonly parts?: readonly PageRequest[];
  /** What is asked for once its pages have ended. */
  readonly behind?: PageRequest;
  /** The same with what comes behind it, in one request: sent rather than this one where the service takes such. */
  readonly inOne?: PageRequest;
  /** What came for it within a reply to several: taken for the reply to its first attempt. */
  readonly answered?: Answered;
  /** What the decoder must know to say which page comes next. */
  readonly state: { readonly [key: string]: Json };
}

/** A reply as plain data. */
export interface Answered {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What one reply brought. */
export interface DecodedPage {
  /** Rows of a groups listing. */
  readonly groups?: readonly GroupRow[];
  /** Rows of a members listing, or of the directory. */
  readonly members?: readonly MemberRow[];
  /** What somebody reaches item by item. */
  readonly items?: readonly ItemRow[];
  /** Rows that could not be read. */
  readonly malformed: number;
  /** The next page; absent when the listing ends here. */
  readonly next?: PageRequest;
  /** Why the listing cannot be trusted to be whole although it ends here. */
  readonly problem?: { readonly kind: ErrorKind; readonly reason: string };
}

/** bytes → model rows. Pure. @throws AppError `badResponse` for a reply of the wrong shape. */
export type Decode = (bytes: Uint8Array, request: PageRequest) => DecodedPage;

/** How a listing goes on after a reply that is an error: with another request, or with a good end. */
export type AfterError = { readonly next: PageRequest } | { readonly end: 'complete' };

/** Which calls make up a listing. Pure; no secrets pass through. */
export interface ProviderRequests {
  groups(connection: StoredConnection): PageRequest;
  /** The cheapest request that shows whether a connection works; that of `groups` where there is none. */
  probe?(connection: StoredConnection): PageRequest;
  members(connection: StoredConnection, group: Group): PageRequest;
  /** The groups that somebody is a member of, with them alone as members; where the service can tell by e-mail. */
  memberOf?(connection: StoredConnection, email: string): PageRequest | undefined;
  /** The items that somebody reaches, by object id or user principal name; where the service can tell. */
  itemsOf?(connection: StoredConnection, user: string): PageRequest | undefined;
  /** Names for members that are known by id only. */
  directory?(connection: StoredConnection): PageRequest;
  /** Who is in no group, as members; where the service can tell. */
  ungrouped?(connection: StoredConnection): PageRequest;
  /** Some services answer 404 where others answer an empty list. */
  afterError?(request: PageRequest, error: AppError): AfterError | undefined;
  /** The budget that a request is counted in, where the service is known to have one. */
  budget?(request: PageRequest, connection: StoredConnection, tenantId: string): Budget | undefined;
}

/** The status, headers and body of a reply that is not a success, for a provider to say what it means. */
export interface ErrorReply {
  readonly status: number;
  header(name: string): string | undefined;
  /** The body as text, at most some kilobytes. */
  readonly body: string;
}

/** A provider of our own: its replies are decoded in the worker. */
export interface ServiceProvider extends ProviderDescription {
  readonly requests: ProviderRequests;
  /** How it changes what its capabilities name; loaded when something is to be changed. */
  writes?(): Promise<ServiceWrites>;
  /** Statuses that mean something else than usual. */
  refineKind(reply: ErrorReply): ErrorKind | undefined;
  /** The service's own words in an error reply, if any. */
  errorMessage(reply: ErrorReply): string | undefined;
  /** What may be lacking when a request is denied, in a sentence. */
  deniedAdvice?(request: PageRequest): string | undefined;
  /** Its groups are those that are members of other services' groups. */
  readonly isDirectory?: true;
  /** Service roots by cloud; the first is the default. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The service's ids in Entra by cloud, where it takes Microsoft's tokens. */
  readonly resources?: Readonly<Record<string, string>>;
  /** What a token of Microsoft's must be allowed there to read, or to change, as app registrations name it. */
  permissions?(connection: StoredConnection, purpose: 'read' | 'change'): readonly string[];
  /** Hosts of the service itself: exact names, or `*.suffix`. */
  readonly hosts: readonly string[];
  /** Who issues its tokens; absent where only tokens from elsewhere are taken. */
  readonly identity?: 'microsoft' | 'uipath';
  /** What the connection needs beside name, endpoint and sign-in. */
  readonly fields: readonly ConnectionField[];
  /** Where a person sees the tenant, or the group, in a browser. */
  portalUrl(connection: StoredConnection, group?: Group): string | undefined;
}

export type ConnectionField = 'organization' | 'partitionGlobalId' | 'scope';

export type Provider = ServiceProvider | ProviderDefinition;

export function isServiceProvider(provider: Provider): provider is ServiceProvider {
  return 'requests' in provider;
}

/** What can be changed over a connection. */
export function capabilitiesOf(provider: Provider, { scope }: StoredConnection): readonly Capability[] {
  const { capabilities, adminCapabilities = [] } = provider;
  return scope === 'admin' ? [...capabilities, ...adminCapabilities] : capabilities;
}

/** Whether a tenant of this provider shows who is in no group. */
export function tellsUngrouped(provider: Provider | undefined): boolean {
  return provider !== undefined && isServiceProvider(provider) && provider.requests.ungrouped !== undefined;
}
