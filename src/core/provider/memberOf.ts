import type { TenantRecord } from '../model.ts';
import { isServiceProvider, type Provider } from './provider.ts';

/** A group in which a service says that somebody is a member. */
export interface MemberOfGroup {
  readonly groupId: string;
  readonly name: string;
  readonly kind: string;
  /** Each once. */
  readonly rights: readonly string[];
}

/** The groups in which a service says that somebody is a member themselves: an answer of its time, kept nowhere. */
export interface MemberOf {
  readonly groups: readonly MemberOfGroup[];
  /** When it was asked, ISO 8601 in UTC. */
  readonly asOf: string;
  /** Why there may be more. */
  readonly problem?: string;
}

/** Whether a tenant's service can be asked for the groups of one person, whatever was loaded. */
export function tellsMemberOf(provider: Provider | undefined, { connection }: TenantRecord): boolean {
  return (
    provider !== undefined &&
    isServiceProvider(provider) &&
    provider.requests.memberOf?.(connection, 'somebody@example.com') !== undefined
  );
}
