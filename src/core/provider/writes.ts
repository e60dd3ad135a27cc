import type { Change, ChangeKind, ChangePrincipal, ProblemCode, Wish } from '../changes/changes.ts';
import type { AccessModel } from '../findings/findings.ts';
import type { Group, Member, StoredConnection } from '../model.ts';
import type { Budget } from './budget.ts';
import type { Json, ProviderContext } from './providerContext.ts';

/** One request of a change. */
export interface WriteCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** An admin call: slower, so given more time. */
  readonly isAdmin?: boolean;
  /** It changes nothing, whatever its method: it may be sent again. */
  readonly isLookup?: boolean;
  /** The budget that it is counted in. */
  readonly budget?: Budget;
}

export interface WriteReply {
  readonly status: number;
  /** The body as JSON; undefined where there is none. */
  readonly body: unknown;
}

/** What a provider is given for a change. */
export interface WriteContext {
  readonly connection: StoredConnection;
  readonly tenantId: string;
  /** The group as it is held; absent where the change is about none. */
  readonly group?: Group;
  /** Sends a request as it is allowed, once. @throws AppError for every reply that is not a success, its `cause` the body */
  send(call: WriteCall): Promise<WriteReply>;
  /** Says beforehand by which id a group comes to be, where the client chooses it: so it is found when no reply comes. */
  expect?(groupId: string): void;
}

/** What a change came to, where there is more to say than that it is done. */
export interface Written {
  /** It was so already. */
  readonly isUnchanged?: true;
  /** The service's id of a group that was made. */
  readonly groupId?: string;
  /** Somebody as the service knows them, where they were given otherwise. */
  readonly principal?: ChangePrincipal;
}

/** Does one change. @throws AppError what the service refused, in its words; `conflict` where who is to be added is there */
export type Write = (context: WriteContext, change: Change) => Promise<Written | undefined>;

/** What a service takes, for a plan to say what it will refuse. Pure. */
export interface WriteRules {
  /** What a member of this group may have, the strongest first; empty where the service has no rights. */
  rights(group: Group): readonly string[];
  readonly principalTypes: readonly string[];
  /** Why the service would refuse it. */
  problem(wish: Wish, group: Group | undefined, connection: StoredConnection): ProblemCode | undefined;
  /** There is no request that changes a right: the member is removed and added again. */
  isRemovedAndAdded?(connection: StoredConnection): boolean;
  /** What rights and groups mean: who is an administrator. */
  readonly access?: AccessModel;
}

/** How a provider of our own changes things: one function a change. Loaded when something is to be changed. */
export interface ServiceWrites {
  readonly rules: WriteRules;
  readonly writes: Readonly<Partial<Record<ChangeKind, Write>>>;
  /** What a reply refuses although its status is a success, in the service's words. */
  refusal?(body: unknown): string | undefined;
  /** Who can be added, by the beginning of name or e-mail address. */
  search?(context: WriteContext, text: string): Promise<readonly ChangePrincipal[]>;
  /** One of these must be among a token's scopes, where the token names any. */
  scopes?(kind: ChangeKind, connection: StoredConnection): readonly string[];
  /** How long the service wants between two such changes, in milliseconds. */
  readonly pauses?: Readonly<Partial<Record<ChangeKind, number>>>;
}

/**
 * How a provider that another extension registers changes things. Its `capabilities` say which of these are offered. A
 * thrown Error with a `kind` of `ErrorKind` is shown as that; with none, or `offline timeout unavailable badResponse`,
 * the group is read back before anything is said of it.
 */
export interface ProviderWrites {
  /** What a member may have, the strongest first, of a group or of all; none where the service has no rights. */
  readonly accessRights?: readonly string[] | ((group: Group) => readonly string[]);
  addMember?(context: ProviderContext, group: Group, member: ChangePrincipal, accessRight?: string): Promise<void>;
  changeAccessRight?(context: ProviderContext, group: Group, member: Member, accessRight: string): Promise<void>;
  removeMember?(context: ProviderContext, group: Group, member: Member): Promise<void>;
  /** Resolves to the id of the group, where it is known. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a method that resolves to nothing is one too
  createGroup?(context: ProviderContext, name: string): Promise<string | void>;
  deleteGroup?(context: ProviderContext, group: Group): Promise<void>;
  renameGroup?(context: ProviderContext, group: Group, name: string): Promise<void>;
  restoreGroup?(context: ProviderContext, group: Group, owner: string, name?: string): Promise<void>;
  refreshUserPermissions?(context: ProviderContext): Promise<void>;
  /** Who can be added, by the beginning of name or e-mail address. */
  searchPrincipals?(context: ProviderContext, text: string): Promise<readonly ChangePrincipal[]>;
}
